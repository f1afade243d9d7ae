package io.twinloom.local.store;

import io.twinloom.functions.port.TwinGraph;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.store.CloudDatabase.Statements;
import io.twinloom.model.Hierarchy.Component;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The twin graph of a local cloud. Every measured property of a component has a row, which an
 * update changes where it is not newer: the condition and the change are one statement.
 */
public final class SqliteTwinGraph implements TwinGraph {

  /** The tables that a {@link CloudDatabase} needs for this. */
  public static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS twin_entity(
            id TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS twin_type(
            id TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS twin_component(
            entity TEXT NOT NULL, name TEXT NOT NULL, device TEXT NOT NULL,
            PRIMARY KEY(entity, name)) WITHOUT ROWID\
          """,
          """
          CREATE TABLE IF NOT EXISTS twin_value(
            entity TEXT NOT NULL, component TEXT NOT NULL, property TEXT NOT NULL,
            ts TEXT, value BLOB, PRIMARY KEY(entity, component, property)) WITHOUT ROWID\
          """);

  private static final String ADD_COMPONENT =
      """
      INSERT INTO twin_component(entity, name, device) VALUES(?, ?, ?)
        ON CONFLICT(entity, name) DO UPDATE SET device = excluded.device\
      """;

  private static final String UPDATE =
      "UPDATE twin_value SET ts = ?, value = ? WHERE entity = ? AND component = ? AND property = ?"
          + " AND (ts IS NULL OR ts <= ?)";

  private final CloudDatabase database;

  /**
   * @param database opened with {@link #SCHEMA}
   */
  public SqliteTwinGraph(CloudDatabase database) {
    this.database = database;
  }

  @Override
  public void define(Definition definition) {
    database.changeNow(statements -> define(statements, definition));
  }

  private static void define(Statements statements, Definition definition) throws SQLException {
    statements.of("DELETE FROM twin_entity").executeUpdate();
    statements.of("DELETE FROM twin_type").executeUpdate();
    Map<List<String>, String> devices = devices(statements);
    Map<List<String>, Boolean> defined = new LinkedHashMap<>();
    for (Entity entity : definition.entities()) {
      run(
          statements,
          "INSERT INTO twin_entity(id, body) VALUES(?, ?)",
          entity.id(),
          Json.bytes(GraphJson.of(entity)));
      for (Component component : entity.components()) {
        String device = component.device().orElse("");
        String before = devices.remove(List.of(entity.id(), component.name()));
        if (before != null && !before.equals(device)) {
          // What the component shows now was measured by another device.
          forget(statements, entity.id(), component.name());
        }
        run(statements, ADD_COMPONENT, entity.id(), component.name(), device);
        component
            .properties()
            .forEach(p -> defined.put(List.of(entity.id(), component.name(), p.name()), true));
      }
    }
    for (List<String> gone : devices.keySet()) {
      forget(statements, gone.get(0), gone.get(1));
      run(
          statements,
          "DELETE FROM twin_component WHERE entity = ? AND name = ?",
          gone.get(0),
          gone.get(1));
    }
    properties(statements, defined);
    for (ComponentType type : definition.types()) {
      run(
          statements,
          "INSERT INTO twin_type(id, body) VALUES(?, ?)",
          type.id(),
          Json.bytes(GraphJson.of(type)));
    }
  }

  private static Map<List<String>, String> devices(Statements statements) throws SQLException {
    Map<List<String>, String> devices = new LinkedHashMap<>();
    try (ResultSet rows =
        statements.of("SELECT entity, name, device FROM twin_component").executeQuery()) {
      while (rows.next()) {
        devices.put(List.of(rows.getString(1), rows.getString(2)), rows.getString(3));
      }
    }
    return devices;
  }

  private static void forget(Statements statements, String entity, String component)
      throws SQLException {
    run(statements, "DELETE FROM twin_value WHERE entity = ? AND component = ?", entity, component);
  }

  /** Adds the rows of properties that are new, and removes those of properties that are gone. */
  private static void properties(Statements statements, Map<List<String>, Boolean> defined)
      throws SQLException {
    List<List<String>> gone = new ArrayList<>();
    try (ResultSet rows =
        statements.of("SELECT entity, component, property FROM twin_value").executeQuery()) {
      while (rows.next()) {
        List<String> row = List.of(rows.getString(1), rows.getString(2), rows.getString(3));
        if (defined.remove(row) == null) {
          gone.add(row);
        }
      }
    }
    for (List<String> row : gone) {
      run(
          statements,
          "DELETE FROM twin_value WHERE entity = ? AND component = ? AND property = ?",
          row.get(0),
          row.get(1),
          row.get(2));
    }
    for (List<String> row : defined.keySet()) {
      run(
          statements,
          "INSERT INTO twin_value(entity, component, property) VALUES(?, ?, ?)",
          row.get(0),
          row.get(1),
          row.get(2));
    }
  }

  private static int run(Statements statements, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = statements.of(sql);
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setString(i + 1, parameters[i].toString());
      }
    }
    return statement.executeUpdate();
  }

  @Override
  public Optional<Entity> entity(String id) {
    return one("SELECT body FROM twin_entity WHERE id = ?", id).map(GraphJson::entity);
  }

  @Override
  public List<Entity> entities(String after, int limit) {
    return list("SELECT body FROM twin_entity WHERE id > ? ORDER BY id LIMIT ?", after, limit)
        .stream()
        .map(GraphJson::entity)
        .toList();
  }

  @Override
  public Optional<ComponentType> componentType(String id) {
    return one("SELECT body FROM twin_type WHERE id = ?", id).map(GraphJson::type);
  }

  @Override
  public List<ComponentType> componentTypes(String after, int limit) {
    return list("SELECT body FROM twin_type WHERE id > ? ORDER BY id LIMIT ?", after, limit)
        .stream()
        .map(GraphJson::type)
        .toList();
  }

  private Optional<JsonObject> one(String sql, String id) {
    return database.read(
        statements -> {
          PreparedStatement statement = statements.of(sql);
          statement.setString(1, id);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(Json.parseObject(row.getBytes(1))) : Optional.empty();
          }
        });
  }

  private List<JsonObject> list(String sql, String after, int limit) {
    return database.read(
        statements -> {
          PreparedStatement statement = statements.of(sql);
          statement.setString(1, after);
          statement.setInt(2, limit);
          List<JsonObject> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(Json.parseObject(rows.getBytes(1)));
            }
          }
          return found;
        });
  }

  @Override
  public Update update(
      String entity, String component, String time, Map<String, JsonValue> values) {
    return database.writeNow(statements -> update(statements, entity, component, time, values));
  }

  /** {@inheritDoc} With one commit. */
  @Override
  public List<Update> updateAll(List<Measured> measured) {
    return database.writeNow(
        statements -> {
          List<Update> updates = new ArrayList<>(measured.size());
          for (Measured one : measured) {
            updates.add(
                update(statements, one.entity(), one.component(), one.time(), one.values()));
          }
          return updates;
        });
  }

  private static Update update(
      Statements statements,
      String entity,
      String component,
      String time,
      Map<String, JsonValue> values)
      throws SQLException {
    int changed = 0;
    for (Map.Entry<String, JsonValue> value : values.entrySet()) {
      byte[] stored = wrapped(value.getValue());
      changed += run(statements, UPDATE, time, stored, entity, component, value.getKey(), time);
    }
    if (changed > 0) {
      return Update.APPLIED;
    }
    PreparedStatement known =
        statements.of("SELECT 1 FROM twin_component WHERE entity = ? AND name = ?");
    known.setString(1, entity);
    known.setString(2, component);
    try (ResultSet row = known.executeQuery()) {
      if (!row.next()) {
        return Update.UNKNOWN;
      }
    }
    for (String property : values.keySet()) {
      if (measures(statements, entity, component, property)) {
        return Update.UNCHANGED;
      }
    }
    return Update.UNMEASURED;
  }

  private static boolean measures(
      Statements statements, String entity, String component, String property) throws SQLException {
    PreparedStatement measured =
        statements.of(
            "SELECT 1 FROM twin_value WHERE entity = ? AND component = ? AND property = ?");
    measured.setString(1, entity);
    measured.setString(2, component);
    measured.setString(3, property);
    try (ResultSet row = measured.executeQuery()) {
      return row.next();
    }
  }

  @Override
  public Map<String, Value> values(String entity, String component) {
    return database.read(
        statements -> {
          PreparedStatement all =
              statements.of(
                  "SELECT property, value, ts FROM twin_value"
                      + " WHERE entity = ? AND component = ? AND ts IS NOT NULL");
          all.setString(1, entity);
          all.setString(2, component);
          Map<String, Value> values = new LinkedHashMap<>();
          try (ResultSet rows = all.executeQuery()) {
            while (rows.next()) {
              values.put(
                  rows.getString(1), new Value(unwrapped(rows.getBytes(2)), rows.getString(3)));
            }
          }
          return values;
        });
  }

  private static byte[] wrapped(JsonValue value) {
    return Json.bytes(JsonObject.builder().put("v", value).build());
  }

  private static JsonValue unwrapped(byte[] stored) {
    JsonValue value = Json.parseObject(stored).get("v");
    return value == null ? JsonNull.NULL : value;
  }
}
