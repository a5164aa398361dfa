package io.efface.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads one JSON file strictly and without a tree: every member must be known, present and of its
 * type, numbers finite and in range, nesting shallow, texts short, and nothing may follow. Each
 * method reads the value that the parser stands on. Every failure is a {@link DocumentException}
 * that says where. Belongs to one thread; whoever creates it closes it.
 */
public final class StrictJson implements Closeable {
  private final JsonCursor cursor;

  /**
   * Opens a file.
   *
   * @throws DocumentException if it cannot be opened
   */
  public StrictJson(Path file) {
    cursor = new JsonCursor(file);
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
    cursor.begin(what);
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
    if (cursor.next() != null) {
      throw error("something follows the end");
    }
    return result;
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
    cursor.expect(JsonToken.START_OBJECT, "an object");
    Map<String, Object> values = new HashMap<>();
    while (cursor.next() == JsonToken.FIELD_NAME) {
      String name = cursor.name();
      if (values.size() < leading.size() && !leading.get(values.size()).equals(name)) {
        throw error("is not " + what + ": it must begin with " + leading);
      }
      cursor.next();
      values.put(name, member.apply(name));
    }
    return checked(() -> build.apply(new Members(this, values)));
  }

  /** Reads an array, each element by {@code element}. */
  public <T> List<T> array(Supplier<T> element) {
    cursor.expect(JsonToken.START_ARRAY, "an array");
    List<T> values = new ArrayList<>();
    while (cursor.next() != JsonToken.END_ARRAY) {
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
    if (cursor.next() == JsonToken.END_ARRAY) {
      throw error("the array is too short");
    }
  }

  /** Steps over an array's end, which must be there. */
  void end() {
    if (cursor.next() != JsonToken.END_ARRAY) {
      throw error("the array is too long");
    }
  }

  /** Steps into an array. */
  void begin() {
    cursor.expect(JsonToken.START_ARRAY, "an array");
  }

  /** Reads a text. */
  public String text() {
    cursor.expect(JsonToken.VALUE_STRING, "text");
    return cursor.read(JsonParser::getText);
  }

  /** Reads a whole number within bounds, both allowed. */
  public long integer(long min, long max) {
    cursor.expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    OptionalLong value = cursor.wholeNumber();
    if (value.isEmpty() || value.getAsLong() < min || value.getAsLong() > max) {
      throw error("the number is not within " + min + " to " + max);
    }
    return value.getAsLong();
  }

  /** Reads a whole number within bounds, both allowed. */
  public int integer(int min, int max) {
    return (int) integer((long) min, (long) max);
  }

  /** Reads a number within bounds, both allowed. */
  public double number(double min, double max) {
    if (cursor.token() != JsonToken.VALUE_NUMBER_INT) {
      cursor.expect(JsonToken.VALUE_NUMBER_FLOAT, "a number");
    }
    double value = cursor.read(JsonParser::getDoubleValue);
    if (!(value >= min && value <= max)) {
      throw error("the number is not within " + (long) min + " to " + (long) max);
    }
    return value;
  }

  /** Reads true or false. */
  public boolean bool() {
    if (cursor.token() != JsonToken.VALUE_TRUE) {
      cursor.expect(JsonToken.VALUE_FALSE, "true or false");
    }
    return cursor.token() == JsonToken.VALUE_TRUE;
  }

  /**
   * Steps over a value of any type, for a reader that needs a part of a document only.
   *
   * @return a value that says nothing, so that the member counts as read
   */
  public Object skip() {
    cursor.read(JsonParser::skipChildren);
    return false;
  }

  /** The error for a member that the format does not have. */
  public DocumentException unknown(String name) {
    return error("unknown field '" + name + "'");
  }

  /** An error at the place where the parser stands. */
  public DocumentException error(String problem) {
    return cursor.error(problem);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
