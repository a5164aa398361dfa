package io.efface.bench;

import java.util.List;
import java.util.Locale;

/** What is measured, the one that all are compared with first. */
public enum Subject {
  /** FFmpeg decodes and encodes. */
  TRANSCODE("ffmpeg, transcode", ""),
  /** FFmpeg decodes. */
  DECODE("ffmpeg, decode alone", ""),
  /** Efface decodes twice, once for the edits and once to render, and encodes. */
  NONE("efface --classes none --audit off", "--classes none --audit off"),
  /** A redaction with the preset of the same name, without an audit. */
  FAST("efface --recall fast --audit off", "--recall fast --audit off"),
  /** A redaction with the default preset, without an audit. */
  BALANCED("efface --recall balanced --audit off", "--recall balanced --audit off"),
  /** A redaction with the preset of the same name, without an audit. */
  THOROUGH("efface --recall thorough --audit off", "--recall thorough --audit off"),
  /** A redaction with the preset of the same name, without an audit. */
  PARANOID("efface --recall paranoid --audit off", "--recall paranoid --audit off"),
  /** A redaction with the default preset that copies groups of pictures with nothing to destroy. */
  SMART("efface --smart auto --audit off", "--smart auto --audit off"),
  /** A redaction with the default preset and an audit of structure and frames. */
  CHECKED("efface --audit fast", "--audit fast"),
  /** A redaction with the defaults. */
  AUDITED("efface --audit full", "--audit full");

  private final String title;
  private final String options;

  Subject(String title, String options) {
    this.title = title;
    this.options = options;
  }

  /** The name on the command line and in documents. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, for people. */
  public String title() {
    return title;
  }

  /** The options of {@code efface redact}; empty for FFmpeg. */
  List<String> options() {
    return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
  }
}
