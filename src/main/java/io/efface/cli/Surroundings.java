package io.efface.cli;

import io.efface.pipeline.JobRunner;
import io.efface.pipeline.Progress;
import java.io.PrintWriter;
import java.util.function.Function;

/**
 * What the commands need from outside.
 *
 * @param runner does the jobs
 * @param progress makes what shows a job's progress, on standard error
 */
public record Surroundings(JobRunner runner, Function<PrintWriter, Progress> progress) {}
