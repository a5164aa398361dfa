package io.efface.models;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * Fetches files over HTTPS into a file that grows, going on where an earlier try broke off.
 * Redirects are followed by hand, so that none leads to an address in the clear. One download at a
 * time; {@link #cancel} may be called from any thread.
 */
public final class Downloader {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final Set<Integer> NO_SUCH_RANGE = Set.of(PARTIAL, 416);
  private static final int MOST_HOPS = 5;
  private static final long LOOK_MILLIS = 100;

  private final Duration patience;
  private volatile boolean cancelled;

  /**
   * A downloader for one user's patience.
   *
   * @param patience how long to wait for a connection, for an answer and for the next bytes
   */
  public Downloader(Duration patience) {
    this.patience = patience;
  }

  /** Ends the running download, and any later one, with a {@link CancellationException}. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Fetches what a file still lacks. When it fails, what was received stays in the file, unless it
   * cannot be the beginning of what is wanted.
   *
   * @param model what to fetch
   * @param part the file, borrowed; what it holds already is taken for the model's beginning
   * @param received told now and then how many bytes are there
   * @throws FetchException if the publisher refuses, sends too much, breaks off or stalls
   * @throws CancellationException if cancelled
   * @throws IOException if the file cannot be written
   */
  void fetch(CatalogueModel model, FileChannel part, LongConsumer received) throws IOException {
    if (part.size() > model.bytes()) {
      part.truncate(0);
    }
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
    URI address = model.address();
    for (int hop = 0; hop <= MOST_HOPS && part.size() < model.bytes(); hop++) {
      long have = part.size();
      HttpResponse<Long> answer = ask(client, model, address, part, received);
      if (isTaken(answer.statusCode(), answer.headers(), have)) {
        if (part.size() < model.bytes() && !tellsLength(answer)) {
          throw brokeOff(model, address, part, "the end came early");
        }
        return;
      }
      if (REDIRECTS.contains(answer.statusCode())) {
        address = next(model, address, answer);
      } else if (have > 0 && NO_SUCH_RANGE.contains(answer.statusCode())) {
        part.truncate(0);
      } else {
        throw failed(
            model,
            address,
            "answered " + answer.statusCode() + "; look there whether the model has moved");
      }
    }
    if (part.size() < model.bytes()) {
      throw failed(model, address, "is one redirect too many");
    }
  }

  /** Asks one address; what it answers is written to the file if it is the model. */
  private HttpResponse<Long> ask(
      HttpClient client, CatalogueModel model, URI address, FileChannel part, LongConsumer received)
      throws IOException {
    long have = part.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    PartWriter writer = new PartWriter(part, model.bytes());
    CompletableFuture<HttpResponse<Long>> answer =
        client.sendAsync(
            request.build(),
            info -> {
              if (isTaken(info.statusCode(), info.headers(), have)) {
                writer.begin(info.statusCode() == PARTIAL ? have : 0);
              } else {
                writer.stop();
              }
              return writer;
            });
    try {
      return await(answer, model, address, part, received);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause instanceof PartWriter.TooLargeException) {
        part.truncate(0);
        throw failed(model, address, "sends more than the " + model.bytes() + " bytes published");
      }
      if (cause instanceof PartWriter.UnwritableException unwritable) {
        throw unwritable;
      }
      throw brokeOff(model, address, part, reason(cause));
    } finally {
      answer.cancel(/* mayInterruptIfRunning= */ true);
      writer.stop();
    }
  }

  private HttpResponse<Long> await(
      CompletableFuture<HttpResponse<Long>> answer,
      CatalogueModel model,
      URI address,
      FileChannel part,
      LongConsumer received)
      throws IOException, ExecutionException {
    long seen = part.size();
    long since = System.nanoTime();
    while (true) {
      try {
        if (cancelled) {
          throw new CancellationException();
        }
        HttpResponse<Long> whole = answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        received.accept(part.size());
        return whole;
      } catch (TimeoutException e) {
        long now = part.size();
        if (now != seen) {
          seen = now;
          since = System.nanoTime();
          received.accept(now);
        } else if (System.nanoTime() - since > patience.toNanos()) {
          throw brokeOff(model, address, part, "nothing came for " + patience.toSeconds() + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
  }

  /** Whether an answer is the model, or that part of it which was asked for. */
  private static boolean isTaken(int status, HttpHeaders headers, long have) {
    return status == OK
        || (status == PARTIAL
            && headers
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + have + "-"))
                .isPresent());
  }

  private static boolean tellsLength(HttpResponse<Long> answer) {
    return answer.headers().firstValue("Content-Length").isPresent();
  }

  private static URI next(CatalogueModel model, URI from, HttpResponse<Long> answer) {
    String location = answer.headers().firstValue("Location").orElse("");
    URI to;
    try {
      to = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw failed(model, from, "leads to an address that is none");
    }
    if (!Addresses.mayLead(from, to)) {
      throw failed(
          model,
          from,
          "leads to " + to.getScheme() + "://" + to.getHost() + ", which is not followed");
    }
    return to;
  }

  private static FetchException failed(CatalogueModel model, URI address, String why) {
    return new FetchException("model '" + model.name() + "': " + address + " " + why);
  }

  private static FetchException brokeOff(
      CatalogueModel model, URI address, FileChannel part, String why) throws IOException {
    return failed(
        model,
        address,
        "broke off after "
            + part.size()
            + " of "
            + model.bytes()
            + " bytes ("
            + why
            + "); run the same command again to go on from there");
  }

  private static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "no connection; is there a network?";
    }
    String message = String.valueOf(failure.getMessage());
    return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
