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

  /**
   * How often surroundings are drawn for what must tell nothing: the more, the sharper the test.
   */
  private static final int DRAWS = 3;

  /**
   * Of so many ways to seek, what pure luck finds in one is asked of none; 95 % for all together.
   */
  private static final int WAYS = 6;

  /** How many of the people are found, by each way of seeking, in so many draws. */
  private record Hits(int draws, double clean, double parrot, double colours) {
    static final Hits NONE = new Hits(0, 0, 0, 0);

    Hits and(double moreClean, double moreParrot, double moreColours) {
      return new Hits(draws + 1, clean + moreClean, parrot + moreParrot, colours + moreColours);
    }

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
        Hits hits = Hits.NONE;
        int draws = disguise.equals(Disguise.BLUR) || disguise.equals(Disguise.SOLID) ? DRAWS : 1;
        for (int draw = 0; draw < draws; draw++) {
          Attacker.Views gallery =
              attacker.look(disguise, drawn(2 * draw + 1), 0, Attacker::inside);
          Attacker.Views queries =
              attacker.look(disguise, drawn(2 * draw + 2), 1, Attacker::inside);
          hits =
              hits.and(
                  queries.hitsByFace(clean),
                  queries.hitsByFace(gallery),
                  queries.hitsByColours(gallery));
        }
        HITS.put(disguise, hits);
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
            "%d people, top-1 in %%; chance %.1f, by luck at most %.1f in one draw of surroundings and"
                + " %.1f in the %d of blur and solid (exact binomial, 95 %% for all %d ways).%n",
            people,
            100.0 / people,
            percent(luck(1), 1),
            percent(luck(DRAWS), DRAWS),
            DRAWS,
            WAYS));
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
                    percent(hits.clean(), hits.draws()),
                    percent(hits.parrot(), hits.draws()),
                    percent(hits.colours(), hits.draws()))));
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
        percent(queries.hitsByFace(gallery), 1),
        percent(queries.hitsByColours(gallery), 1));
  }

  @Test
  void theAttackKnowsFacesThatAreNotHidden() {
    assertThat(hits(Disguise.NONE).clean()).isGreaterThan(0.85 * people);
  }

  @Test
  void whatBlurAndSolidWriteTellsNoMoreThanLuck() {
    assertThat(hits(Disguise.BLUR).most()).isLessThanOrEqualTo(luck(DRAWS));
    assertThat(hits(Disguise.SOLID).most()).isLessThanOrEqualTo(luck(DRAWS));
  }

  @Test
  void whatIsCommonlyDoneIsFarAboveLuck() {
    assertThat(hits(Disguise.GAUSSIAN).clean()).isGreaterThan(6 * luck(1));
    assertThat(hits(Disguise.GAUSSIAN).parrot()).isGreaterThan(6 * luck(1));
    assertThat(hits(Disguise.PIXELS).parrot()).isGreaterThan(2 * luck(1));
    assertThat(hits(Disguise.WINDOW).most()).isGreaterThan(luck(1));
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

  private static int luck(int draws) {
    return Matching.mostByLuck(draws * people, 1.0 / people, 0.05 / WAYS);
  }

  private static double percent(double hits, int draws) {
    return 100 * hits / (draws * people);
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
