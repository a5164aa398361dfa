package io.efface.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.batch.BatchListener;
import io.efface.batch.BatchRun;
import io.efface.batch.Ending;
import io.efface.batch.Failure;
import io.efface.batch.Item;
import io.efface.batch.Journal;
import io.efface.isolation.Children;
import io.efface.isolation.Limits;
import io.efface.isolation.Sandbox;
import io.efface.isolation.View;
import io.efface.pipeline.Jobs;
import io.efface.pipeline.Progress;
import io.efface.pipeline.RedactionJob;
import io.efface.pipeline.ReportRequest;
import io.efface.redact.Style;
import io.efface.testing.Mutation;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch of damaged files, the same in each run: {@code -Defface.fuzz.cases} says how many, {@code
 * -Defface.fuzz.seed} which, and {@code -Pfuzz} runs nothing else. What became of them stands in
 * {@code target/fuzz-outcomes.md}; what brought a process down is kept in {@code
 * target/fuzz-crashes}.
 */
class FuzzIT {
  private static final int CASES = Integer.getInteger("efface.fuzz.cases", 300);
  private static final long SEED = Long.getLong("efface.fuzz.seed", 1);
  private static final long MOST_BYTES = 60_000;
  private static final int CASES_A_BATCH = 100;

  /** Above what any of them takes, below what a stuck one would. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Map<String, Integer> outcomes = new TreeMap<>();
  @TempDir Path folder;

  @Test
  void everyDamagedFileEndsAsAWholeOutputOrARefusal() throws IOException {
    List<Path> corpus = corpus();
    for (int first = 0; first < CASES; first += CASES_A_BATCH) {
      int end = Math.min(CASES, first + CASES_A_BATCH);
      batch(corpus, SEED, IntStream.range(first, end).toArray());
    }
    write();
    assertThat(outcomes.values().stream().mapToInt(n -> n).sum()).isEqualTo(CASES);
    assertThat(outcomes.keySet())
        .noneMatch(what -> what.contains(": internal"))
        .noneMatch(what -> what.contains(": nothing got on"));
  }

  /** Samples beyond 10 bits, at which the encoder gave up with all its process. */
  @Test
  void whatOnceBroughtAProcessDownIsRedactedOrRefused() throws IOException {
    batch(corpus(), 7, 552, 576, 630, 833, 918, 1414, 1494);
    assertThat(outcomes.keySet())
        .isNotEmpty()
        .noneMatch(what -> what.contains(": internal"))
        .noneMatch(what -> what.contains("its process"));
  }

  private void batch(List<Path> corpus, long seed, int... numbers) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in" + numbers[0]));
    Path out = folder.resolve("out" + numbers[0]);
    List<Item> items = new ArrayList<>();
    for (int number : numbers) {
      items.add(item(number, damaged(seed, number, corpus, in), out));
    }
    Map<Integer, Ending> endings;
    Limits usual = Limits.shared(1);
    Limits limits = new Limits(SILENCE, usual.memoryBytes(), usual.megapixels(), usual.cores());
    try (Journal journal = Journal.open(out, Clock.systemUTC());
        Children children =
            new Children(Sandbox.best(), limits, to -> new View(List.of(in), to), out)) {
      BatchRun run =
          new BatchRun(
              out,
              journal,
              children::redact,
              List.of("none"),
              false,
              output -> false,
              1,
              new Deaf());
      endings = run.run(items);
    }
    for (Item item : items) {
      count(item, Objects.requireNonNull(endings.get(item.number())));
    }
    noLeftovers(out, items, endings);
  }

  /** A damaged file, and nothing but a function of the seed and its number. */
  private static Path damaged(long seed, int number, List<Path> corpus, Path in)
      throws IOException {
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + number);
    Path from = corpus.get(random.nextInt(corpus.size()));
    byte[] other = Files.readAllBytes(corpus.get(random.nextInt(corpus.size())));
    Mutation mutation = Mutation.ALL.get(number % Mutation.ALL.size());
    String name =
        mutation.name().toLowerCase(Locale.ROOT) + "-" + number + "-" + from.getFileName();
    return Files.write(in.resolve(name), mutation.of(Files.readAllBytes(from), other, random));
  }

  private static Item item(int number, Path input, Path out) {
    String name = number + (isStill(input) ? ".png" : ".mp4");
    Path output = out.resolve(name);
    return new Item(
        number,
        name,
        new RedactionJob(
            input,
            output,
            Jobs.detection(64),
            Jobs.render(new Style.Blur()),
            false,
            Optional.of(ReportRequest.beside(output))));
  }

  private static boolean isStill(Path file) {
    return file.toString().matches(".*\\.(jpg|png|webp|bmp|tif)");
  }

  private void count(Item item, Ending ending) throws IOException {
    String kind = item.input().getFileName().toString().replaceAll("-.*", "");
    String what;
    if (ending instanceof Ending.Done done) {
      what = done.outcome().attention().isEmpty() ? "whole" : "whole, wants a look";
      assertThat(Files.mismatch(item.input(), item.job().output()))
          .as("output %s is no copy of its input", item.label())
          .isGreaterThanOrEqualTo(0);
    } else {
      Failure failure = ((Ending.Failed) ending).failure();
      String message =
          failure.message().replace(item.input() + ": ", "").replaceAll("[(;,].*", "").strip();
      what = failure.kind().id() + ": " + message.replaceAll("[0-9][0-9.]*", "N");
      if (what.contains("its process")) {
        Files.copy(
            item.input(),
            Files.createDirectories(Path.of("target", "fuzz-crashes"))
                .resolve(item.input().getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    outcomes.merge(kind + " | " + what, 1, Integer::sum);
  }

  /** Besides whole outputs, their reports and the journal nothing may be there. */
  private static void noLeftovers(Path out, List<Item> items, Map<Integer, Ending> endings) {
    List<String> expected = new ArrayList<>(List.of(Journal.NAME));
    for (Item item : items) {
      if (endings.get(item.number()) instanceof Ending.Done) {
        expected.addAll(Arrays.asList(Jobs.named(item.job().output())));
      }
    }
    assertThat(Jobs.names(out)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(CASES + " damaged files, seed " + SEED + ":\n");
    lines.add("| damage | outcome | files |\n|---|---|---|");
    outcomes.forEach((what, count) -> lines.add("| " + what + " | " + count + " |"));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "fuzz-outcomes.md"), lines);
  }

  private static List<Path> corpus() {
    try (Stream<Path> files = Files.list(RealFootage.path("media"))) {
      return files.filter(FuzzIT::isSmall).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSmall(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 100 && Files.size(file) < MOST_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hears nothing. */
  private static final class Deaf implements BatchListener {
    @Override
    public Progress started(Item item) {
      return Progress.NONE;
    }

    @Override
    public void remark(String line) {}

    @Override
    public void ended(Item item, Ending ending) {}
  }
}
