package io.efface.manifest;

/**
 * A detector and how it was run.
 *
 * @param name a shipped model's name, or the model file's name without folders
 * @param sha256 of the model's file
 * @param detectSize longest side of the detector's input in pixels
 * @param startScore the score that starts a track, 0 to 1
 * @param continueScore the score that continues one, 0 to 1
 */
public record ModelIdentity(
    String name, String sha256, int detectSize, double startScore, double continueScore) {

  /** Checks the parts and rounds the scores as a manifest stores them. */
  public ModelIdentity {
    name = Checks.fileName(name);
    Checks.sha256(sha256);
    Checks.range("the detector's size", detectSize, 1, 65_536);
    Checks.score("the start score", startScore);
    Checks.score("the continue score", continueScore);
    startScore = Precision.score(startScore);
    continueScore = Precision.score(continueScore);
  }
}
