package io.efface.models;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer's body to the end of a file as it comes in. Called by the client's threads and
 * by the one that waits; {@link #stop} returns when nothing will be written any more. The file is
 * borrowed.
 */
final class PartWriter implements BodySubscriber<Long> {
  private final FileChannel file;
  private final long mostBytes;
  private final CompletableFuture<Long> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private boolean stopped;

  /**
   * A writer that goes on at the file's position.
   *
   * @param mostBytes the largest the file may get
   */
  PartWriter(FileChannel file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /** A body that would get larger than agreed. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** A file that takes no more. */
  static final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1L;

    private UnwritableException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Drops what the file has behind a position and goes on there. */
  synchronized void begin(long position) {
    try {
      file.truncate(position).position(position);
    } catch (IOException e) {
      fail(new UnwritableException(e));
    }
  }

  @Override
  public CompletionStage<Long> getBody() {
    return whole;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription body) {
    subscription = body;
    if (stopped) {
      body.cancel();
      whole.complete(0L);
    } else {
      body.request(Long.MAX_VALUE);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> blocks) {
    if (stopped) {
      return;
    }
    try {
      for (ByteBuffer block : blocks) {
        if (block.remaining() > mostBytes - file.position()) {
          fail(new TooLargeException());
          return;
        }
        while (block.hasRemaining()) {
          file.write(block);
        }
      }
    } catch (IOException e) {
      fail(new UnwritableException(e));
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(0L);
  }

  private void fail(IOException failure) {
    whole.completeExceptionally(failure);
    stop();
  }

  /** Writes nothing any more and asks for no more. */
  synchronized void stop() {
    stopped = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
