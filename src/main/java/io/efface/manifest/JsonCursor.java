package io.efface.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the tokens of a JSON file with small limits; every failure is a {@link
 * DocumentException} that says where. Belongs to one thread; whoever creates it closes it.
 */
final class JsonCursor implements Closeable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxStringLength(65_536)
                  .maxNumberLength(40)
                  .maxNameLength(200)
                  .build())
          .build();

  private final Path file;
  private final JsonParser parser;

  /** Something that is read of the parser. */
  interface Reading<T> {
    T of(JsonParser parser) throws IOException;
  }

  /**
   * Opens a file.
   *
   * @throws DocumentException if it cannot be opened
   */
  JsonCursor(Path file) {
    this.file = file;
    this.parser = open(file);
  }

  private static JsonParser open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DocumentException(oneLine(file + ": is a folder, not a file"));
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new DocumentException(oneLine(file + ": is no regular file; copy it to one first"));
      }
      if (Files.size(file) == 0) {
        throw new DocumentException(oneLine(file + ": is empty"));
      }
      return FACTORY.createParser(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new DocumentException(oneLine(file + ": no such file"), e);
    } catch (AccessDeniedException e) {
      throw new DocumentException(oneLine(file + ": cannot be read; check its permissions"), e);
    } catch (IOException e) {
      throw new DocumentException(oneLine(file + ": cannot be read (" + e.getMessage() + ")"), e);
    }
  }

  /** Reads the first token; where there is none, the file is of another kind altogether. */
  void begin(String what) {
    try {
      parser.nextToken();
    } catch (JsonEOFException e) {
      throw wrapped(e);
    } catch (CharConversionException | JsonParseException e) {
      throw new DocumentException(oneLine(file + ": is not " + what + " but something else"), e);
    } catch (IOException e) {
      throw wrapped(e);
    }
  }

  /** Steps on; null at the end. */
  @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw wrapped(e);
    }
  }

  /** What it stands on; null at the end. */
  @Nullable JsonToken token() {
    return parser.currentToken();
  }

  /** The name of the member that it stands on. */
  String name() {
    return read(JsonParser::currentName);
  }

  /** Reads what it stands on. */
  <T> T read(Reading<T> reading) {
    try {
      return reading.of(parser);
    } catch (IOException e) {
      throw wrapped(e);
    }
  }

  /** The whole number that it stands on; empty if it goes beyond 64 bits. */
  OptionalLong wholeNumber() {
    try {
      return OptionalLong.of(parser.getLongValue());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** An error at the place where it stands. */
  DocumentException error(String problem) {
    return new DocumentException(message(problem));
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw wrapped(e);
    }
  }

  /** Fails unless it stands on a token of this kind, which is called {@code words} in messages. */
  void expect(JsonToken token, String words) {
    if (token() != token) {
      throw error("expected " + words + ", found " + words(token()));
    }
  }

  private static String words(@Nullable JsonToken token) {
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }

  private DocumentException wrapped(IOException e) {
    String problem;
    if (e instanceof JsonEOFException) {
      problem = "ends in the middle";
    } else if (e instanceof StreamConstraintsException) {
      problem = "goes beyond a limit of the format (depth of nesting, length of a text or number)";
    } else if (e instanceof JsonProcessingException json) {
      problem = "is not valid JSON (" + json.getOriginalMessage() + ")";
    } else {
      problem = "cannot be read (" + e.getMessage() + ")";
    }
    return new DocumentException(message(problem), e);
  }

  private String message(String problem) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    return oneLine(
        file
            + ": line "
            + parser.currentLocation().getLineNr()
            + (pointer.isEmpty() ? "" : " at " + pointer)
            + ": "
            + problem);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
