package io.efface.audit;

import io.efface.audit.Finding.Kind;
import java.util.Set;

/**
 * Walks the headers that codings keep in their container: parameter sets, and descriptions of
 * sound, in some of which there is room for comments.
 */
final class CodecHeaders {
  /** A description of AAC is not longer; comments apart. */
  static final int MAX_SOUND_BYTES = 64;

  private static final int STREAM_INFO_BYTES = 34;
  private static final int ALAC_BYTES = 24;

  /** Profile, level, depth and chroma. */
  private static final int VP9_FEATURES = 4;

  /** In place of a channel's number in Opus. */
  private static final int SILENT = 255;

  private static final int AAC = 0x40;

  /** AAC as MPEG-2 has it, in three profiles: packets of the same elements. */
  private static final Set<Integer> OLD_AAC = Set.of(0x66, 0x67, 0x68);

  private CodecHeaders() {}

  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1); gives the check of its samples. */
  static SampleCheck avc(Slice in, String path, Findings findings) {
    in.skip(4);
    NalCheck check = new NalCheck(NalCheck.Family.H264, (in.u8() & 3) + 1);
    units(in, in.u8() & 0x1f, check, path, findings);
    units(in, in.u8(), check, path, findings);
    if (in.hasRemaining()) {
      // High profiles add chroma format and depths.
      in.skip(3);
      units(in, in.u8(), check, path, findings);
    }
    findings.exhausted(in, path);
    return check;
  }

  /** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 8.3.3.1). */
  static SampleCheck hevc(Slice in, String path, Findings findings) {
    in.skip(21);
    NalCheck check = new NalCheck(NalCheck.Family.HEVC, (in.u8() & 3) + 1);
    for (int arrays = in.u8(); arrays > 0; arrays--) {
      in.skip(1);
      units(in, in.u16(), check, path, findings);
    }
    findings.exhausted(in, path);
    return check;
  }

  private static void units(Slice in, int count, NalCheck check, String path, Findings findings) {
    for (int i = 0; i < count; i++) {
      check.header(in.take(in.u16()), path, findings);
    }
  }

  /** AV1CodecConfigurationRecord (AV1 in ISOBMFF, 2.3). */
  static SampleCheck av1(Slice in, String path, Findings findings) {
    in.skip(4);
    ObuCheck check = new ObuCheck();
    check.check(in, path, findings);
    return check;
  }

  /** FLAC's metadata blocks (RFC 9639, 8): nothing but the one that describes the sound. */
  static void flac(Slice in, String path, Findings findings) {
    long start = in.at();
    int type = in.u8() & 0x7f;
    Slice block = in.take(in.number(3));
    if (type != 0 || block.remaining() != STREAM_INFO_BYTES || in.hasRemaining()) {
      findings.add(Kind.METADATA, "comments or pictures in the header of the sound", path, start);
      in.skip(in.remaining());
    }
  }

  /** ALAC's description of the sound, without that of the channels, which may follow it. */
  static void alac(Slice in, String path, Findings findings) {
    in.skip(ALAC_BYTES);
    findings.exhausted(in, path);
  }

  /**
   * Opus (RFC 7845, 5.1), from the count of channels on.
   *
   * @return the check of its samples
   */
  static SampleCheck opus(Slice in, String path, Findings findings) {
    long start = in.at();
    int channels = in.u8();
    // Samples to leave out, the rate that the sound once had, and the gain.
    in.skip(8);
    boolean mapped = in.u8() != 0;
    int streams = mapped ? in.u8() : 1;
    int coded = mapped ? streams + in.u8() : channels;
    boolean known = channels > 0 && streams > 0 && coded <= 2 * streams;
    for (int i = 0; mapped && i < channels; i++) {
      int from = in.u8();
      known &= from < coded || from == SILENT;
    }
    if (!known) {
      throw new Malformed(start);
    }
    findings.exhausted(in, path);
    return new OpusCheck(streams);
  }

  /**
   * An elementary stream descriptor (ISO/IEC 14496-1, 7.2.6.5).
   *
   * @return the check of its samples
   */
  static SampleCheck descriptor(Slice in, String path, Findings findings) {
    Slice stream = descriptor(in, 3);
    stream.skip(2);
    if (stream.u8() >> 5 != 0) {
      findings.add(Kind.METADATA, "a reference to another stream or place", path, stream.at());
      return SampleCheck.NONE;
    }
    Slice decoder = descriptor(stream, 4);
    int coding = decoder.u8();
    if (coding != AAC && !OLD_AAC.contains(coding)) {
      // Of MPEG audio, for one, frames are filled up with the name of the encoder.
      findings.add(Kind.UNKNOWN, "a coding that is not known to be harmless", path, decoder.at());
    }
    decoder.skip(12);
    boolean old = OLD_AAC.contains(coding);
    // Decoders take AAC without a header for the plain kind.
    SampleCheck check = old || coding == AAC ? new AacCheck() : SampleCheck.NONE;
    if (decoder.hasRemaining()) {
      Slice specific = descriptor(decoder, 5);
      if (old || coding == AAC) {
        SampleCheck described = aac(specific, path, findings);
        check = old ? check : described;
      }
    }
    findings.exhausted(decoder, path);
    Slice synchronisation = descriptor(stream, 6);
    synchronisation.skip(1);
    findings.exhausted(synchronisation, path);
    findings.exhausted(stream, path);
    findings.exhausted(in, path);
    return check;
  }

  private static Slice descriptor(Slice in, int tag) {
    if (in.u8() != tag) {
      throw new Malformed(in.at());
    }
    long size = 0;
    int part;
    int parts = 0;
    do {
      part = in.u8();
      size = (size << 7) | (part & 0x7f);
    } while (part >= 0x80 && ++parts < 4);
    return in.take(size);
  }

  /** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
  static SampleCheck aac(Slice in, String path, Findings findings) {
    return AacHeaderCheck.check(in, path, findings);
  }

  /** Features of VP9, as some write them: each with a number, a length of one byte, and that. */
  static void vp9(Slice in) {
    int last = 0;
    while (in.hasRemaining()) {
      int feature = in.u8();
      if (feature <= last || feature > VP9_FEATURES || in.u8() != 1) {
        throw new Malformed(in.at());
      }
      in.skip(1);
      last = feature;
    }
  }

  /** Of a coding that needs none. */
  static void none(Slice in, String path, Findings findings) {
    if (in.hasRemaining()) {
      findings.add(Kind.UNKNOWN, "a header of a coding that needs none", path, in.at());
    }
  }
}
