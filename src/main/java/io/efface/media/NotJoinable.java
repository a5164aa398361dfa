package io.efface.media;

/**
 * Says why packets of the input cannot stand beside the encoder's, in words for the report that
 * follow a count of frames or stand alone. Nothing is wrong with the input; it is encoded instead.
 */
class NotJoinable extends Exception {
  private static final long serialVersionUID = 1L;

  /** A reason, without values of the input. */
  NotJoinable(String why) {
    super(why);
  }

  /** The reason. */
  String why() {
    return String.valueOf(getMessage());
  }
}
