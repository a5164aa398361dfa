package io.efface.eval;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CSV file in UTF-8 whose first line names its columns; fields may stand in quotes (RFC 4180) but
 * end with their line. Columns that nobody asks for are allowed.
 */
final class CsvTable {
  private static final char QUOTE = '"';
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final Map<String, Integer> columns;
  private final List<Row> rows = new ArrayList<>();

  private CsvTable(Path file, Map<String, Integer> columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * Reads a file; empty lines are passed over.
   *
   * @param needed the columns it must have
   * @throws TruthException if it cannot be read, lacks a column, or a line has more or fewer fields
   *     than the first
   */
  static CsvTable read(Path file, List<String> needed) {
    List<String> lines = lines(file);
    Map<String, Integer> columns = new HashMap<>();
    List<String> names = lines.isEmpty() ? List.of() : fields(file, 1, lines.get(0));
    for (String name : names) {
      columns.put(name.strip(), columns.size());
    }
    for (String name : needed) {
      if (!columns.containsKey(name)) {
        throw new TruthException(
            file
                + ": line 1: has no column '"
                + name
                + "'; the first line has to name "
                + String.join(",", needed));
      }
    }
    CsvTable table = new CsvTable(file, columns);
    for (int k = 1; k < lines.size(); k++) {
      if (!lines.get(k).isBlank()) {
        List<String> fields = fields(file, k + 1, lines.get(k));
        if (fields.size() != names.size()) {
          throw table.wrong(k + 1, fields.size() + " fields where line 1 has " + names.size());
        }
        table.rows.add(table.new Row(k + 1, fields));
      }
    }
    return table;
  }

  private static List<String> lines(Path file) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.get(0).substring(BYTE_ORDER_MARK.length()));
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new TruthException(file + ": no such file; check the name", e);
    } catch (CharacterCodingException e) {
      throw new TruthException(file + ": is no text in UTF-8; save it as CSV in UTF-8", e);
    } catch (IOException e) {
      throw new TruthException(file + ": cannot be read; check its permissions", e);
    }
  }

  private static List<String> fields(Path file, int line, String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == QUOTE && quoted && i + 1 < text.length() && text.charAt(i + 1) == QUOTE) {
        field.append(QUOTE);
        i++;
      } else if (c == QUOTE && (quoted || field.isEmpty())) {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new TruthException(file + ": line " + line + ": a quote is not closed");
    }
    fields.add(field.toString());
    return fields;
  }

  /** The lines after the first. */
  List<Row> rows() {
    return List.copyOf(rows);
  }

  private TruthException wrong(int line, String what) {
    return new TruthException(file + ": line " + line + ": " + what);
  }

  /** One line. */
  final class Row {
    private final int line;
    private final List<String> fields;

    private Row(int line, List<String> fields) {
      this.line = line;
      this.fields = fields;
    }

    /** A field's text, empty where the file has no such column. */
    String text(String column) {
      Integer index = columns.get(column);
      return index == null ? "" : fields.get(index).strip();
    }

    /**
     * A field's text.
     *
     * @throws TruthException if it is empty
     */
    String name(String column) {
      String text = text(column);
      if (text.isEmpty()) {
        throw wrong(column + " is empty");
      }
      return text;
    }

    /**
     * A finite number.
     *
     * @throws TruthException if the field holds none
     */
    double number(String column) {
      try {
        double value = Double.parseDouble(text(column));
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, as an infinite one is.
      }
      throw wrong(column + " '" + text(column) + "' is no number");
    }

    /**
     * A side's length in pixels.
     *
     * @throws TruthException if the field holds no number or a negative one
     */
    double length(String column) {
      double value = number(column);
      if (value < 0) {
        throw wrong(column + " '" + text(column) + "' is negative");
      }
      return value;
    }

    /**
     * A whole number from 0.
     *
     * @throws TruthException if the field holds none
     */
    int count(String column) {
      try {
        int value = Integer.parseInt(text(column));
        if (value >= 0) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, as a negative one is.
      }
      throw wrong(column + " '" + text(column) + "' is no whole number from 0");
    }

    /** A whole number from 0, if the file has such a column and the field is not empty. */
    Optional<Integer> optionalCount(String column) {
      return text(column).isEmpty() ? Optional.empty() : Optional.of(count(column));
    }

    /**
     * A flag: 0 or 1.
     *
     * @throws TruthException if the field holds neither
     */
    boolean flag(String column) {
      return switch (text(column)) {
        case "0" -> false;
        case "1" -> true;
        default -> throw wrong(column + " '" + text(column) + "' is neither 0 nor 1");
      };
    }

    /** The error that something is wrong with this line. */
    TruthException wrong(String what) {
      return CsvTable.this.wrong(line, what);
    }
  }
}
