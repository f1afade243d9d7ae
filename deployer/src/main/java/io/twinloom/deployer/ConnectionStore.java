package io.twinloom.deployer;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Connections;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@code config_inter_cloud.json}: where each receiver is and the token that opens it. It is
 * written owner-only and at once or not at all, and what stands in it that this class does not know
 * stays. One process writes it at a time.
 */
public final class ConnectionStore {

  /** The file's name, in a project or a data folder. */
  public static final String FILE = "config_inter_cloud.json";

  /** A shorter token is refused: it could be guessed. */
  public static final int MIN_TOKEN_LENGTH = 32;

  /** The token that senders use: always one, so that any reader of the file can use it too. */
  private static final String TOKEN = "token";

  /** The one before it, which the receiver takes besides during a rotation. */
  private static final String FORMER_TOKEN = "former_token";

  /** Whether one request may hold several events. */
  private static final String BATCHES = "batches";

  private final Path file;

  public ConnectionStore(Path file) {
    this.file = file;
  }

  /**
   * The connections that are written down; none where there is no file yet.
   *
   * @throws TwinloomException if the file cannot be read as what it is
   */
  public Connections read() {
    Map<String, Connection> byId = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : connections(content()).members().entrySet()) {
      if (entry.getValue() instanceof JsonObject o) {
        byId.put(entry.getKey(), connection(entry.getKey(), o));
      }
    }
    return new Connections(byId);
  }

  /**
   * Writes one connection down; the others stay as they are, and of one that is there already what
   * this product does not know stays too.
   *
   * @throws TwinloomException if the token is too short, or the file cannot be written
   */
  public void save(String id, Connection connection) {
    saveAll(Map.of(id, connection));
  }

  /** Writes several connections down at once. */
  public void saveAll(Map<String, Connection> connections) {
    JsonObject content = content();
    JsonObject.Builder all = connections(content).toBuilder();
    connections.forEach((id, connection) -> all.put(id, entry(content, id, connection)));
    JsonObject changed = content.toBuilder().put("connections", all.build()).build();
    if (!changed.equals(content)) {
      PrivateFiles.write(file, (Json.pretty(changed) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Forgets connections that are no more; others stay, and what this product does not know. */
  public void forget(Collection<String> ids) {
    if (!Files.exists(file)) {
      return;
    }
    JsonObject content = content();
    JsonObject.Builder rest = JsonObject.builder();
    connections(content)
        .members()
        .forEach(
            (id, connection) -> {
              if (!ids.contains(id)) {
                rest.put(id, connection);
              }
            });
    JsonObject changed = content.toBuilder().put("connections", rest.build()).build();
    if (!changed.equals(content)) {
      PrivateFiles.write(file, (Json.pretty(changed) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Gives every connection of a topology its address and a token: the one it has, else a new one.
   *
   * @param endpoints the address of each cloud's functions, without a slash at its end
   */
  public Connections connect(
      Topology topology, Map<Provider, URI> endpoints, TokenGenerator generator) {
    Map<String, Connection> known = read().byId();
    Map<String, Connection> needed = new LinkedHashMap<>();
    for (io.twinloom.topology.Connection connection : topology.connections()) {
      URI cloud = endpoints.get(connection.to());
      if (cloud == null) {
        throw new TwinloomException(
            DeployerError.CONNECTION_NO_CLOUD,
            "The receiving cloud " + connection.to().id() + " has no address.",
            connection.id(),
            "See why that cloud did not start.");
      }
      Connection former = known.get(connection.id());
      needed.put(
          connection.id(),
          new Connection(
              connection.to(),
              connection.receiver().kind().id(),
              URI.create(cloud + "/" + connection.receiver().name()),
              former == null ? generator.next() : former.token(),
              connection.receiverTakesLists()));
    }
    saveAll(needed);
    return new Connections(needed);
  }

  private JsonObject entry(JsonObject content, String id, Connection connection) {
    String[] tokens = connection.token().split(",", -1);
    for (String token : tokens) {
      if (token.strip().length() < MIN_TOKEN_LENGTH) {
        throw new TwinloomException(
            DeployerError.CONNECTION_TOKEN,
            token.isBlank()
                ? "The connection has no token."
                : "The connection's token has fewer than " + MIN_TOKEN_LENGTH + " characters.",
            id,
            "Let a token be made: 32 random bytes or more.");
      }
    }
    JsonObject.Builder entry =
        connections(content).object(id).orElse(JsonObject.EMPTY).toBuilder()
            .put("provider", connection.provider().id())
            .put("function", connection.function())
            .put("url", connection.url().toString())
            .put(TOKEN, tokens[0].strip())
            .remove(FORMER_TOKEN)
            .remove(BATCHES);
    if (connection.batches()) {
      entry.put(BATCHES, true);
    }
    if (tokens.length > 1) {
      String former =
          Arrays.stream(tokens).skip(1).map(String::strip).collect(Collectors.joining(","));
      entry.put(FORMER_TOKEN, former);
    }
    return entry.build();
  }

  private Connection connection(String id, JsonObject entry) {
    Provider provider =
        entry.text("provider").flatMap(Provider::of).orElseThrow(() -> lacking(id, "provider"));
    return new Connection(
        provider,
        required(id, entry, "function"),
        URI.create(required(id, entry, "url")),
        tokens(id, entry),
        entry.get(BATCHES) == JsonBoolean.TRUE);
  }

  /** The newest first, separated by commas, as functions are given them. */
  private String tokens(String id, JsonObject entry) {
    String token = required(id, entry, TOKEN);
    return entry
        .text(FORMER_TOKEN)
        .filter(former -> !former.isBlank())
        .map(former -> token + "," + former)
        .orElse(token);
  }

  private String required(String id, JsonObject entry, String key) {
    return entry.text(key).filter(t -> !t.isBlank()).orElseThrow(() -> lacking(id, key));
  }

  private TwinloomException lacking(String id, String key) {
    return damaged("The connection " + id + " has no proper \"" + key + "\".", null);
  }

  private static JsonObject connections(JsonObject content) {
    return content.object("connections").orElse(JsonObject.EMPTY);
  }

  private JsonObject content() {
    try {
      if (!Files.exists(file)) {
        return JsonObject.builder().put("connections", JsonObject.EMPTY).build();
      }
      return Optional.of(Json.parse(Files.readAllBytes(file)))
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast)
          .orElseThrow(() -> damaged("The file does not hold a JSON object.", null));
    } catch (JsonSyntaxException e) {
      throw damaged("The file is not JSON.", e);
    } catch (IOException e) {
      throw damaged("The file cannot be read: " + FileFailure.reason(e) + ".", e);
    }
  }

  private TwinloomException damaged(String what, @Nullable Exception cause) {
    return new TwinloomException(
        DeployerError.CONNECTION_FILE,
        what,
        file.toString(),
        "Restore the file, or remove it: the next deployment writes it anew, with new tokens.",
        cause);
  }
}
