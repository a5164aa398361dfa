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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON file strictly and without a tree: every member must be known, present and of its
 * type, numbers finite and in range, nesting shallow, texts short, and nothing may follow. Each
 * method reads the value that the parser stands on. Every failure is a {@link DocumentException}
 * that says where. Belongs to one thread; whoever creates it closes it.
 */
public final class StrictJson implements Closeable {
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

  /**
   * Opens a file.
   *
   * @throws DocumentException if it cannot be opened
   */
  public StrictJson(Path file) {
    this.file = file;
    this.parser = open(file);
  }

  private static JsonParser open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DocumentException(oneLine(file + ": is a folder, not a file"));
      }
      if (Files.size(file) == 0) {
        throw new DocumentException(oneLine(file + ": is empty"));
      }
      return FACTORY.createParser(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new DocumentException(oneLine(file + ": no such file"), e);
    } catch (IOException e) {
      throw new DocumentException(oneLine(file + ": cannot be read (" + e.getMessage() + ")"), e);
    }
  }

  /**
   * Reads the whole file: one object that begins with the members {@code format} and {@code
   * version}.
   *
   * @param what the kind of file in a person's words, for messages
   * @param format what {@code format} must say
   * @param version what {@code version} must say
   * @param member reads the value of each further member, by its name
   * @param build makes the result of the members
   */
  public <T> T document(
      String what,
      String format,
      int version,
      Function<String, Object> member,
      Function<Members, T> build) {
    begin(what);
    T result =
        object(
            name -> {
              switch (name) {
                case "format" -> {
                  return format(what, format);
                }
                case "version" -> {
                  return version(what, version);
                }
                default -> {
                  return member.apply(name);
                }
              }
            },
            members -> {
              members.get("format", String.class);
              members.get("version", Long.class);
              return build.apply(members);
            },
            List.of("format", "version"),
            what);
    if (next() != null) {
      throw error("something follows the end");
    }
    return result;
  }

  /** Reads the first token; where there is none, the file is of another kind altogether. */
  private void begin(String what) {
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

  private String format(String what, String format) {
    String found = text();
    if (!found.equals(format)) {
      throw error("is not " + what);
    }
    return found;
  }

  private long version(String what, int version) {
    long found = integer(0, Integer.MAX_VALUE);
    if (found != version) {
      throw error(
          "is "
              + what
              + " of version "
              + found
              + ", and only version "
              + version
              + " is known; use the release of Efface that wrote it");
    }
    return found;
  }

  /**
   * Reads an object.
   *
   * @param member reads a member's value, by its name; {@link #unknown} for names it does not know
   * @param build makes the result; its IllegalArgumentException becomes this file's error
   */
  public <T> T object(Function<String, Object> member, Function<Members, T> build) {
    return object(member, build, List.of(), "");
  }

  private <T> T object(
      Function<String, Object> member,
      Function<Members, T> build,
      List<String> leading,
      String what) {
    expect(JsonToken.START_OBJECT, "an object");
    Map<String, Object> values = new HashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String name = name();
      if (values.size() < leading.size() && !leading.get(values.size()).equals(name)) {
        throw error("is not " + what + ": it must begin with " + leading);
      }
      next();
      values.put(name, member.apply(name));
    }
    return checked(() -> build.apply(new Members(this, values)));
  }

  /** Reads an array, each element by {@code element}. */
  public <T> List<T> array(Supplier<T> element) {
    expect(JsonToken.START_ARRAY, "an array");
    List<T> values = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      values.add(element.get());
    }
    return values;
  }

  /** Runs what may throw an IllegalArgumentException and names the place if it does. */
  <T> T checked(Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** Steps to an array's next element, of which there must be one. */
  void element() {
    if (next() == JsonToken.END_ARRAY) {
      throw error("the array is too short");
    }
  }

  /** Steps over an array's end, which must be there. */
  void end() {
    if (next() != JsonToken.END_ARRAY) {
      throw error("the array is too long");
    }
  }

  /** Steps into an array. */
  void begin() {
    expect(JsonToken.START_ARRAY, "an array");
  }

  /** Reads a text. */
  public String text() {
    expect(JsonToken.VALUE_STRING, "text");
    try {
      return parser.getText();
    } catch (IOException e) {
      throw wrapped(e);
    }
  }

  /** Reads a whole number within bounds, both allowed. */
  public long integer(long min, long max) {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    long value;
    try {
      value = parser.getLongValue();
    } catch (IOException e) {
      throw error("the number is not within " + min + " to " + max);
    }
    if (value < min || value > max) {
      throw error("the number is not within " + min + " to " + max);
    }
    return value;
  }

  /** Reads a whole number within bounds, both allowed. */
  public int integer(int min, int max) {
    return (int) integer((long) min, (long) max);
  }

  /** Reads a number within bounds, both allowed. */
  public double number(double min, double max) {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      expect(JsonToken.VALUE_NUMBER_FLOAT, "a number");
    }
    double value;
    try {
      value = parser.getDoubleValue();
    } catch (IOException e) {
      throw wrapped(e);
    }
    if (!(value >= min && value <= max)) {
      throw error("the number is not within " + (long) min + " to " + (long) max);
    }
    return value;
  }

  /** Reads true or false. */
  public boolean bool() {
    if (parser.currentToken() != JsonToken.VALUE_TRUE) {
      expect(JsonToken.VALUE_FALSE, "true or false");
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /**
   * Steps over a value of any type, for a reader that needs a part of a document only.
   *
   * @return a value that says nothing, so that the member counts as read
   */
  public Object skip() {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw wrapped(e);
    }
    return false;
  }

  /** The error for a member that the format does not have. */
  public DocumentException unknown(String name) {
    return error("unknown field '" + name + "'");
  }

  /** An error at the place where the parser stands. */
  public DocumentException error(String problem) {
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

  private void expect(JsonToken token, String words) {
    if (parser.currentToken() != token) {
      throw error("expected " + words + ", found " + words(parser.currentToken()));
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

  private String name() {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw wrapped(e);
    }
  }

  private @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw wrapped(e);
    }
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
