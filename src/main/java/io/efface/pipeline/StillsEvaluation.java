package io.efface.pipeline;

import static java.util.Objects.requireNonNull;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.eval.ClassFigures;
import io.efface.eval.StillScorer;
import io.efface.eval.StillTruth;
import io.efface.eval.TruthBox;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Runs the detector over a folder of stills and scores what it finds. */
final class StillsEvaluation {
  private final EvalJob.Stills job;
  private final Cancellation cancellation;
  private final ThreadBudget threads;
  private final Map<Label, StillScorer> scorers = new EnumMap<>(Label.class);

  StillsEvaluation(EvalJob.Stills job, Cancellation cancellation, ThreadBudget threads) {
    this.job = job;
    this.cancellation = cancellation;
    this.threads = threads;
  }

  /** Does the job. */
  Outcome.Scored run(Progress progress) {
    Path list = list();
    Targets.check(List.of(list), job.detections().stream().toList(), job.overwrite());
    StillTruth truth = StillTruth.read(list, job.classes());
    Set<Label> labels = labels(truth, list);
    for (Label label : labels) {
      scorers.put(label, new StillScorer(job.leastIou(label), job.minHeight()));
    }
    try (Models models =
            Models.open(
                job.detection(labels),
                OptionalDouble.of(EvalJob.Stills.LOWEST_SCORE),
                threads.alone(),
                cancellation);
        DetectionRows rows = DetectionRows.open(job.detections())) {
      refuseUnknown(models, labels);
      look(truth, models, rows, progress);
      rows.publish(job.overwrite());
      Map<Label, Double> own = models.rules(careful()).startScores();
      Map<Label, ClassFigures> figures = new EnumMap<>(Label.class);
      scorers.forEach(
          (label, scorer) -> figures.put(label, scorer.figures(requireNonNull(own.get(label)))));
      return new Outcome.Scored(job.input(), truth.images().size(), figures, job.detections());
    }
  }

  private void look(StillTruth truth, Models models, DetectionRows rows, Progress progress) {
    progress.started(job.input(), OptionalLong.of(truth.images().size()));
    long done = 0;
    int detected = 0;
    for (Map.Entry<String, List<TruthBox>> image : truth.images().entrySet()) {
      cancellation.check();
      List<Detection> detections = detect(job.input().resolve(image.getKey()), models);
      rows.add(image.getKey(), detections);
      scorers.forEach(
          (label, scorer) -> {
            List<TruthBox> boxes =
                image.getValue().stream().filter(box -> box.label() == label).toList();
            if (!boxes.isEmpty()) {
              scorer.add(boxes, detections.stream().filter(d -> d.label() == label).toList());
            }
          });
      detected += detections.size();
      progress.advanced(++done, detected);
    }
  }

  private boolean careful() {
    return job.look() == EvalJob.Stills.Look.CAREFULLY;
  }

  private List<Detection> detect(Path picture, Models models) {
    try (VideoReader reader = VideoReader.open(picture, 1)) {
      Inputs.refuseDamaged(picture, reader.info().truncated());
      VideoFrame frame = Inputs.firstFrame(reader, true);
      return careful() ? models.detector().scrutinise(frame) : models.detector().detect(frame);
    }
  }

  private Path list() {
    if (!Files.isDirectory(job.input())) {
      throw new JobException(
          job.input() + ": is no folder; name one that holds pictures and their gt.csv");
    }
    Path list = job.input().resolve(EvalJob.Stills.TRUTH);
    if (!Files.isRegularFile(list)) {
      throw new JobException(
          job.input() + ": holds no gt.csv; list the boxes there as image,x,y,w,h,class,ignore");
    }
    return list;
  }

  private Set<Label> labels(StillTruth truth, Path list) {
    Set<Label> labels = truth.labels();
    Set<Label> missing = EnumSet.noneOf(Label.class);
    missing.addAll(job.classes());
    missing.removeAll(labels);
    if (!missing.isEmpty()) {
      throw new JobException(list + ": holds no box of class " + ids(missing));
    }
    return labels;
  }

  private void refuseUnknown(Models models, Set<Label> labels) {
    Set<Label> unknown = EnumSet.copyOf(labels);
    unknown.removeAll(models.labels());
    if (!unknown.isEmpty()) {
      throw new JobException(
          "model '"
              + job.model()
              + "' does not find class "
              + ids(unknown)
              + "; name the others with --classes, or add a model that does");
    }
  }

  private static String ids(Set<Label> labels) {
    return String.join(", ", labels.stream().map(Label::id).toList());
  }
}
