package io.efface.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.efface.redact.Redactor;
import io.efface.redact.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tries to tell who a redacted face is: by a face recognition network and by the colours, among
 * clean pictures and among pictures redacted in the same way ("parrot attack", McPherson, Shokri,
 * Shmatikov, arXiv 1609.00408).
 *
 * <p>What is judged is what was written in the region: each face is put into the surroundings of
 * somebody drawn by lot, all beyond the region is masked, and the person of the face is sought.
 * Surroundings identify people too; how far is measured apart, on the pictures as they are.
 */
class ReidentificationIT {
  @TempDir static Path scratch;

  private static final Map<Disguise, Hits> HITS = new LinkedHashMap<>();
  private static int people;

  /** How many of the people are found, by each way of seeking. */
  private record Hits(double clean, double parrot, double colours) {
    double most() {
      return Math.max(clean, Math.max(parrot, colours));
    }
  }

  @BeforeAll
  static void attack() throws IOException, OrtException {
    Loader.load(opencv_java.class);
    Portraits portraits = new Portraits(scratch);
    people = portraits.people();
    List<String> table = new ArrayList<>();
    try (FaceEmbedding network = new FaceEmbedding()) {
      Attacker attacker = new Attacker(portraits, network);
      Attacker.Views clean = attacker.look(Disguise.NONE, own(), 0, Attacker::inside);
      for (Disguise disguise :
          List.of(
              Disguise.NONE,
              Disguise.BLUR,
              Disguise.SOLID,
              Disguise.mosaic(6),
              Disguise.mosaic(4),
              Disguise.mosaic(2),
              Disguise.GAUSSIAN,
              Disguise.WINDOW,
              Disguise.PIXELS)) {
        Attacker.Views gallery = attacker.look(disguise, drawn(1), 0, Attacker::inside);
        Attacker.Views queries = attacker.look(disguise, drawn(2), 1, Attacker::inside);
        HITS.put(
            disguise,
            new Hits(
                queries.hitsByFace(clean),
                queries.hitsByFace(gallery),
                queries.hitsByColours(gallery)));
      }
      addFaces(table);
      addSurroundings(attacker, table);
    }
    AttackTable.write("Re-identification", table);
  }

  private static void addFaces(List<String> table) {
    table.add(
        String.format(
            Locale.ROOT,
            "%d people, top-1 in %%; chance %.1f, by luck at most %.1f (exact binomial, 95 %%).%n",
            people,
            100.0 / people,
            percent(luck())));
    table.add("| face hidden by | bits | clean gallery | parrot gallery | parrot, by colours |");
    table.add("|---|---|---|---|---|");
    HITS.forEach(
        (disguise, hits) ->
            table.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f | %.1f |",
                    disguise.name(),
                    bits(disguise),
                    percent(hits.clean()),
                    percent(hits.parrot()),
                    percent(hits.colours()))));
  }

  private static String bits(Disguise disguise) {
    if (disguise.style().isEmpty()) {
      return "";
    }
    return disguise.style().get() instanceof Style.Mosaic mosaic
        ? "at most " + Redactor.mosaicBits(mosaic, 3)
        : "0";
  }

  /** What the surroundings tell where they are the person's own, in two photographs. */
  private static void addSurroundings(Attacker attacker, List<String> table) throws OrtException {
    table.add("");
    table.add("With each person's own surroundings (hair, clothes, place, light):");
    table.add("");
    table.add("| face hidden by | seen | parrot gallery | parrot, by colours |");
    table.add("|---|---|---|---|");
    for (Disguise disguise : List.of(Disguise.BLUR, Disguise.SOLID)) {
      Attacker.Views gallery = attacker.look(disguise, own(), 0, picture -> picture);
      Attacker.Views queries = attacker.look(disguise, own(), 1, picture -> picture);
      table.add(row(disguise, "whole picture", queries, gallery));
    }
    Attacker.Views gallery = attacker.look(Disguise.BLUR, own(), 0, Attacker::inside);
    Attacker.Views queries = attacker.look(Disguise.BLUR, own(), 1, Attacker::inside);
    table.add(row(Disguise.BLUR, "the region alone", queries, gallery));
  }

  private static String row(
      Disguise disguise, String seen, Attacker.Views queries, Attacker.Views gallery) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f |",
        disguise.name(),
        seen,
        percent(queries.hitsByFace(gallery)),
        percent(queries.hitsByColours(gallery)));
  }

  @Test
  void theAttackKnowsFacesThatAreNotHidden() {
    assertThat(hits(Disguise.NONE).clean()).isGreaterThan(0.85 * people);
  }

  @Test
  void whatBlurAndSolidWriteTellsNoMoreThanLuck() {
    assertThat(hits(Disguise.BLUR).most()).isLessThanOrEqualTo(luck());
    assertThat(hits(Disguise.SOLID).most()).isLessThanOrEqualTo(luck());
  }

  @Test
  void whatIsCommonlyDoneIsFarAboveLuck() {
    assertThat(hits(Disguise.GAUSSIAN).clean()).isGreaterThan(6 * luck());
    assertThat(hits(Disguise.GAUSSIAN).parrot()).isGreaterThan(6 * luck());
    assertThat(hits(Disguise.PIXELS).parrot()).isGreaterThan(2 * luck());
    assertThat(hits(Disguise.WINDOW).most()).isGreaterThan(luck());
  }

  @Test
  void theFileIsTheSameWhoeverTheFaceIs() throws IOException {
    Portraits portraits = new Portraits(scratch);
    Path here = portraits.picture(0, 0);
    byte[] unhidden = written(portraits, here, here, Optional.empty());
    for (Style style : List.of(new Style.Blur(), new Style.Solid(0, 0, 0))) {
      byte[] own = written(portraits, here, here, Optional.of(style));
      for (int person = 1; person < people; person++) {
        Path face = portraits.picture(person, 0);
        assertThat(written(portraits, here, face, Optional.of(style))).isEqualTo(own);
      }
    }
    Path other = portraits.picture(1, 0);
    assertThat(written(portraits, here, other, Optional.empty())).isNotEqualTo(unhidden);
  }

  private static byte[] written(
      Portraits portraits, Path surroundings, Path face, Optional<Style> style) throws IOException {
    return Files.readAllBytes(portraits.write(surroundings, face, style, 1));
  }

  private static Hits hits(Disguise disguise) {
    return Optional.ofNullable(HITS.get(disguise)).orElseThrow();
  }

  private static int luck() {
    return Matching.mostByLuck(people, 1.0 / people);
  }

  private static double percent(double hits) {
    return 100 * hits / people;
  }

  private static List<Integer> own() {
    return IntStream.range(0, people).boxed().toList();
  }

  private static List<Integer> drawn(long seed) {
    List<Integer> order = new ArrayList<>(own());
    Collections.shuffle(order, new Random(seed));
    return order;
  }
}
