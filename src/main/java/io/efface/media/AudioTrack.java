package io.efface.media;

/** Brings one audio stream of the input into the output. Whoever makes it closes it. */
interface AudioTrack extends AutoCloseable {

  /** Takes the next packet of the stream, borrowed for the call. */
  void accept(Packet packet);

  /** Writes what is still held back. */
  void finish();

  @Override
  void close();
}
