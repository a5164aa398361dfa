package io.efface.media;

import io.efface.media.StreamDecision.Fate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** The sound of a {@link Muxer}'s file. Single-threaded; owns its tracks. */
final class SoundTracks implements AutoCloseable {
  private final Muxer muxer;
  private final Container container;
  private final AVFormatContext context;
  private final Map<Integer, AudioTrack> tracks = new HashMap<>();

  /** No sound yet; borrows the context. */
  SoundTracks(Muxer muxer, Container container, AVFormatContext context) {
    this.muxer = muxer;
    this.container = container;
    this.context = context;
  }

  /**
   * Adds a stream of sound: copied where {@link SoundCodecs} allows it, encoded anew where not.
   *
   * @param demuxer the input's, borrowed for the call
   * @return what becomes of it
   */
  StreamDecision add(MediaInfo.Stream stream, Demuxer demuxer) {
    AVStream source = demuxer.stream(stream.index());
    AVStream target;
    Optional<byte[]> header = AudioHeaders.cleaned(source.codecpar());
    if (source.codecpar().sample_rate() <= 0 || source.codecpar().ch_layout().nb_channels() <= 0) {
      return new StreamDecision(
          stream, Fate.DROPPED, "its sound begins too late to be described, or is damaged");
    }
    if (isCopied(source.codecpar()) && header.isPresent()) {
      target = avformat.avformat_new_stream(context, null);
      AVCodecParameters parameters = target.codecpar();
      avcodec.avcodec_parameters_copy(parameters, source.codecpar());
      while (parameters.nb_coded_side_data() > 0) {
        dropSideData(parameters);
      }
      parameters.codec_tag(0);
      AudioHeaders.replace(parameters, header.get());
      target.time_base(source.time_base());
      tracks.put(stream.index(), new AudioCopy(demuxer.path(), muxer, target, stream.timeBase()));
      markFirstAudio(target);
      return new StreamDecision(stream, Fate.COPIED, stream.codec());
    }
    if (!AudioTranscoder.canDecode(source)) {
      return new StreamDecision(
          stream,
          Fate.DROPPED,
          "sound of a kind that is not copied into "
              + container.muxer()
              + ", and libav cannot decode");
    }
    target = avformat.avformat_new_stream(context, null);
    AudioTranscoder transcoder =
        AudioTranscoder.open(demuxer.path(), muxer, source, target, stream.timeBase());
    tracks.put(stream.index(), transcoder);
    markFirstAudio(target);
    return new StreamDecision(
        stream, Fate.ENCODED, avcodec.avcodec_get_name(target.codecpar().codec_id()).getString());
  }

  private boolean isCopied(AVCodecParameters parameters) {
    // Where it is not told which channels there are, libav cannot finish an MP4 file with PCM.
    boolean unfinished =
        container == Container.MP4
            && avcodec.av_get_exact_bits_per_sample(parameters.codec_id()) > 0
            && !SoundEncoders.namesChannels(parameters.ch_layout());
    return SoundCodecs.isCopied(container, parameters.codec_id()) && !unfinished;
  }

  private void markFirstAudio(AVStream target) {
    target.disposition(tracks.size() == 1 ? avformat.AV_DISPOSITION_DEFAULT : 0);
  }

  private static void dropSideData(AVCodecParameters parameters) {
    int[] count = {parameters.nb_coded_side_data()};
    avcodec.av_packet_side_data_remove(
        parameters.coded_side_data(), count, parameters.coded_side_data().type());
    parameters.nb_coded_side_data(count[0]);
  }

  /** Numbers of the input's streams that were added and not dropped. */
  List<Integer> streams() {
    return List.copyOf(tracks.keySet());
  }

  /** Writes a packet of one of {@link #streams}, borrowed for the call; others are passed over. */
  void accept(Packet packet) {
    AudioTrack track = tracks.get(packet.stream());
    if (track != null) {
      track.accept(packet);
    }
  }

  /** Writes what the encoders still hold. */
  void finish() {
    tracks.values().forEach(AudioTrack::finish);
  }

  @Override
  public void close() {
    tracks.values().forEach(AudioTrack::close);
  }
}
