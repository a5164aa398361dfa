package io.efface.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The part of JSON Schema that the report's schema uses. */
public final class SchemaCheck {
  private final JsonNode root;
  private final List<String> problems = new ArrayList<>();

  private SchemaCheck(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with a value, a line each: the place, a colon, the problem. */
  public static List<String> problems(JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck(schema);
    check.check(schema, value, "");
    return check.problems;
  }

  private void check(JsonNode given, JsonNode value, String at) {
    JsonNode schema =
        given.has("$ref") ? root.at(given.get("$ref").textValue().substring(1)) : given;
    if (schema.has("const") && !schema.get("const").equals(value)) {
      problems.add(at + ": not " + schema.get("const"));
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      problems.add(at + ": not allowed");
    }
    if (schema.has("pattern")
        && !Pattern.matches(schema.get("pattern").textValue(), value.asText())) {
      problems.add(at + ": not of the pattern");
    }
    if ((schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble())
        || (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble())) {
      problems.add(at + ": out of range");
    }
    if (schema.has("minLength") && value.asText().length() < schema.get("minLength").asInt()) {
      problems.add(at + ": too short");
    }
    if (schema.has("maxLength") && value.asText().length() > schema.get("maxLength").asInt()) {
      problems.add(at + ": too long");
    }
    if (schema.has("type") && !isType(schema.get("type").textValue(), value)) {
      problems.add(at + ": not of type " + schema.get("type").textValue());
    }
    for (int i = 0; schema.has("items") && i < value.size(); i++) {
      check(schema.get("items"), value.get(i), at + "/" + i);
    }
    if (schema.has("properties")) {
      checkMembers(schema, value, at);
    }
  }

  private void checkMembers(JsonNode schema, JsonNode value, String at) {
    for (JsonNode name : schema.get("required")) {
      if (!value.has(name.textValue())) {
        problems.add(at + ": missing " + name.textValue());
      }
    }
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode member = schema.get("properties").get(name);
              if (member == null) {
                problems.add(at + ": unknown " + name);
              } else {
                check(member, value.get(name), at + "/" + name);
              }
            });
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    for (JsonNode element : array) {
      if (element.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new IllegalArgumentException(type);
    };
  }
}
