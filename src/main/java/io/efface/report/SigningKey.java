package io.efface.report;

import io.efface.manifest.DocumentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 private key. Nothing of it but the public key is ever printed or recorded. */
public final class SigningKey {
  private static final String LABEL = "PRIVATE KEY";
  private static final String WANTED = "an Ed25519 private key in PEM";

  /** What the PKCS#8 of every such key begins with (RFC 8410); 32 bytes follow. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final int KEY_BYTES = 32;

  private final PrivateKey key;
  private final VerificationKey publicKey;

  private SigningKey(PrivateKey key, VerificationKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** A new key. */
  public static SigningKey generate() {
    byte[] seed = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(seed);
    return ofSeed(seed);
  }

  /**
   * Reads a PEM file, as {@link KeyFile} and {@code openssl genpkey -algorithm ed25519} write it.
   *
   * @throws DocumentException if it is none, or encrypted
   */
  public static SigningKey read(Path file) {
    Pem pem = Pem.read(file, WANTED);
    if (pem.label().equals("PUBLIC KEY")) {
      throw new DocumentException(
          file + ": is a public key, which cannot sign; name the private one");
    }
    byte[] der = pem.content();
    if (!pem.label().equals(LABEL)
        || der.length != PREFIX.length + KEY_BYTES
        || !Arrays.equals(der, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw new DocumentException(
          file + ": is not " + WANTED + "; make one with 'efface keys new'");
    }
    return ofSeed(Arrays.copyOfRange(der, PREFIX.length, der.length));
  }

  private static SigningKey ofSeed(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(VerificationKey.ALGORITHM);
      // The platform offers no way from a private key to its public one but making the pair again.
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      KeyPair pair = generator.generateKeyPair();
      SigningKey made =
          new SigningKey(
              KeyFactory.getInstance(VerificationKey.ALGORITHM)
                  .generatePrivate(new PKCS8EncodedKeySpec(der(seed))),
              VerificationKey.ofDer(pair.getPublic().getEncoded()));
      byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
      if (!made.publicKey.verifies(probe, made.sign(probe))) {
        throw new IllegalStateException("this Java platform makes Ed25519 keys in another way");
      }
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform of today has Ed25519", e);
    }
  }

  private static byte[] der(byte[] seed) {
    byte[] der = Arrays.copyOf(PREFIX, PREFIX.length + KEY_BYTES);
    System.arraycopy(seed, 0, der, PREFIX.length, KEY_BYTES);
    return der;
  }

  /** What others check its signatures with. */
  public VerificationKey publicKey() {
    return publicKey;
  }

  /** The text of its PEM file, unencrypted. */
  String pem() {
    return Pem.text(LABEL, key.getEncoded());
  }

  /** Signs bytes; equal bytes give equal signatures. */
  byte[] sign(byte[] bytes) {
    try {
      Signature signer = Signature.getInstance(VerificationKey.ALGORITHM);
      signer.initSign(key);
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was checked when it was made", e);
    }
  }

  @Override
  public String toString() {
    return "private key of " + publicKey.fingerprint();
  }

  /** Gives the same bytes each time, so that a generator makes the pair of a given seed. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
