package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Optional;

/** What the walk learns of one track of Matroska. Single-threaded. */
final class MatroskaTrack {
  private static final int VIDEO = 1;
  private static final int AUDIO = 2;
  private static final String CODECS =
      " V_MPEG4/ISO/AVC V_MPEGH/ISO/HEVC V_AV1 V_VP8 V_VP9 A_AAC A_ALAC A_FLAC A_OPUS"
          + " A_PCM/FLOAT/IEEE A_PCM/INT/BIG A_PCM/INT/LIT ";

  /** Codings whose frames are looked into. */
  private static final String CHECKED = " V_MPEG4/ISO/AVC V_MPEGH/ISO/HEVC V_AV1 A_AAC A_OPUS ";

  private final String path;
  private long number;
  private long type;
  private String codec = "";
  private Optional<Slice> header = Optional.empty();
  private SampleCheck check = SampleCheck.NONE;
  private boolean started;

  MatroskaTrack(String path) {
    this.path = path;
  }

  long number() {
    return number;
  }

  void number(long of) {
    number = of;
  }

  void type(long of) {
    type = of;
  }

  boolean isVideo() {
    return type == VIDEO;
  }

  void codec(String id) {
    codec = id;
  }

  void header(Slice of) {
    header = Optional.of(of);
  }

  /** Judges the track when all of it has been read. */
  void finish(long start, Findings findings) {
    if (type != VIDEO && type != AUDIO) {
      findings.add(
          Kind.STREAM, "a track of neither pictures nor sound, such as text or data", path, start);
    }
    if (!CODECS.contains(" " + codec + " ") || codec.isEmpty()) {
      findings.add(Kind.UNKNOWN, "a coding that is not known to be harmless", path, start);
    }
    if (header.isPresent()) {
      String within = path + "/CodecPrivate";
      try {
        check = headerOf(header.get(), within, findings);
      } catch (Malformed e) {
        findings.malformed(within, e.offset());
      }
    } else if (CHECKED.contains(" " + codec + " ")) {
      // libav leaves the header out where there is no frame that it could be of.
      check = (frame, within, into) -> into.malformed(within + "/CodecPrivate", frame.at());
    }
  }

  /** Whether this is the first time that it is asked. */
  boolean starts() {
    boolean first = !started;
    started = true;
    return first;
  }

  /** Whether its frames are looked into. */
  boolean isChecked() {
    return check != SampleCheck.NONE;
  }

  private SampleCheck headerOf(Slice body, String within, Findings findings) {
    return switch (codec) {
      case "V_MPEG4/ISO/AVC" -> CodecHeaders.avc(body, within, findings);
      case "V_MPEGH/ISO/HEVC" -> CodecHeaders.hevc(body, within, findings);
      case "V_AV1" -> CodecHeaders.av1(body, within, findings);
      case "V_VP9" -> {
        CodecHeaders.vp9(body);
        yield SampleCheck.NONE;
      }
      case "A_AAC" -> CodecHeaders.aac(body, within, findings);
      case "A_OPUS" -> {
        magic("OpusHead\u0001", body);
        yield CodecHeaders.opus(body, within, findings);
      }
      case "A_FLAC" -> {
        magic("fLaC", body);
        CodecHeaders.flac(body, within, findings);
        yield SampleCheck.NONE;
      }
      case "A_ALAC" -> {
        CodecHeaders.alac(body, within, findings);
        yield SampleCheck.NONE;
      }
      default -> {
        CodecHeaders.none(body, within, findings);
        yield SampleCheck.NONE;
      }
    };
  }

  private static void magic(String wanted, Slice body) {
    long at = body.at();
    if (!body.take(wanted.length()).text(wanted.length()).equals(wanted)) {
      throw new Malformed(at);
    }
  }

  /** Looks into one of its frames. */
  void inspect(Slice frame, Findings findings) {
    long from = frame.at();
    try {
      check.check(frame, path, findings);
    } catch (Malformed e) {
      findings.add(Kind.MALFORMED, "a frame contradicts itself", path, from);
    }
  }

  /** The last frame was looked into. */
  void end(Findings findings) {
    check.finish(path, findings);
  }
}
