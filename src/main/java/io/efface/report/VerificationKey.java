package io.efface.report;

import io.efface.detect.Sha256;
import io.efface.manifest.DocumentException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 public key.
 *
 * @param base64 its SubjectPublicKeyInfo (RFC 8410) in base64, which is what a PEM file holds
 */
public record VerificationKey(String base64) {
  static final String ALGORITHM = "Ed25519";
  private static final String LABEL = "PUBLIC KEY";
  private static final String WANTED = "an Ed25519 public key in PEM";

  /** What the DER of every such key begins with; 32 bytes follow. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_BYTES = 32;

  /** Checks that it is a key, in the one form that base64 has for it. */
  public VerificationKey {
    byte[] der = Base64.getDecoder().decode(base64);
    if (der.length != PREFIX.length + KEY_BYTES
        || !HexFormat.of().formatHex(der).startsWith(HexFormat.of().formatHex(PREFIX))
        || !Base64.getEncoder().encodeToString(der).equals(base64)) {
      throw new IllegalArgumentException("is not an Ed25519 public key");
    }
  }

  /** The key of 32 bytes as RFC 8032 encodes it. */
  static VerificationKey ofDer(byte[] der) {
    return new VerificationKey(Base64.getEncoder().encodeToString(der));
  }

  /**
   * Reads a PEM file, as {@code efface keys new} and {@code openssl pkey -pubout} write it.
   *
   * @throws DocumentException if it is none
   */
  public static VerificationKey read(Path file) {
    Pem pem = Pem.read(file, WANTED);
    if (pem.label().endsWith("PRIVATE KEY")) {
      throw new DocumentException(
          file + ": is a private key, which is for signing alone; name the public one");
    }
    try {
      if (!pem.label().equals(LABEL)) {
        throw new IllegalArgumentException(pem.label());
      }
      return ofDer(pem.content());
    } catch (IllegalArgumentException e) {
      throw new DocumentException(file + ": is not " + WANTED, e);
    }
  }

  /** The text of its PEM file. */
  String pem() {
    return Pem.text(LABEL, Base64.getDecoder().decode(base64));
  }

  /** SHA-256 of its DER in lower-case hexadecimal: short enough to be read out to somebody. */
  public String fingerprint() {
    return Sha256.of(Base64.getDecoder().decode(base64));
  }

  /** Whether the holder of the private key signed exactly these bytes. */
  boolean verifies(byte[] signed, byte[] signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // Bytes that are no point of the curve, or no signature at all.
      return false;
    }
  }
}
