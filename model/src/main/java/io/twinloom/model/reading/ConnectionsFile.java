package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.Connections;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.ReceiverUrl;
import io.twinloom.model.error.ModelError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code config_inter_cloud.json}. It holds secrets: no message shows a token, or what of an
 * address may hold one.
 */
final class ConnectionsFile {
  static final String PATH = "config_inter_cloud.json";

  private static final int MIN_TOKEN = 32;

  /** What older projects call the receivers. */
  private static final Map<String, String> OLDER_NAMES =
      Map.of(
          "writer", "hot-writer",
          "hot_writer", "hot-writer",
          "cold_writer", "cold-writer",
          "archive_writer", "archive-writer");

  private static final String AGAIN = "Delete the connection: the next deployment writes it again.";

  private ConnectionsFile() {}

  /**
   * @param placement which layers are where; null where that is not known
   */
  static Connections read(Located root, @Nullable Placement placement, ProblemCollector problems) {
    String fix = "Write {\"connections\": {}}, or delete the file: Twinloom writes it.";
    Members top = Members.ofSecret(root, problems, fix);
    Located list = top == null ? null : top.required("connections", fix);
    if (top == null || list == null) {
      return Connections.NONE;
    }
    top.done();
    if (Members.ofSecret(list, problems, fix) == null) {
      return Connections.NONE;
    }
    Map<String, Connection> byId = new LinkedHashMap<>();
    for (Map.Entry<String, Located> member : list.members().entrySet()) {
      if (!member.getKey().startsWith("_comment")) {
        Connection connection = connection(member.getKey(), member.getValue(), placement, problems);
        if (connection != null) {
          byId.put(member.getKey(), connection);
        }
      }
    }
    return new Connections(byId);
  }

  private static @Nullable Connection connection(
      String id, Located at, @Nullable Placement placement, ProblemCollector problems) {
    Members members = Members.ofSecret(at, problems, AGAIN);
    if (members == null) {
      return null;
    }
    ConnectionId known = ConnectionId.of(id);
    if (known == null) {
      problems.nameWarning(
          ModelError.CONNECTION_UNKNOWN,
          at,
          Quoting.quoted(id) + " is the id of no connection, so this has no effect.",
          "Write an id as 'twinloom plan' shows it, such as \"aws_l1_to_azure_l2\", or delete it.");
    } else if (placement != null && !known.isOf(placement)) {
      problems.nameWarning(
          ModelError.CONNECTION_UNKNOWN,
          at,
          "The twin's placement has no connection "
              + Quoting.quoted(id)
              + ", so this has no effect.",
          "Delete it; a deployment to the clouds writes those that there are.");
    }
    Provider provider = provider(members, known, problems);
    String function = function(members, known, problems);
    URI url = url(members, problems);
    String token = token(members, problems);
    boolean batches = members.flag("batches", false);
    members.done();
    return provider == null || function == null || url == null || token == null
        ? null
        : new Connection(provider, function, url, token, batches);
  }

  private static @Nullable Provider provider(
      Members members, @Nullable ConnectionId known, ProblemCollector problems) {
    String fix = "Write the receiver's cloud: " + Quoting.either(Provider.ids()) + ".";
    String name = members.text("provider", fix);
    Located at = members.optional("provider");
    if (name == null || at == null) {
      return null;
    }
    Optional<Provider> provider = Provider.of(name);
    if (provider.isEmpty()) {
      problems.error(
          ModelError.PROVIDER_UNKNOWN,
          at,
          "\"provider\" is " + Quoting.quoted(name) + ", which is not a cloud.",
          Quoting.write(name, Provider.ids()));
      return null;
    }
    if (known != null && provider.get() != known.provider()) {
      problems.error(
          ModelError.CONNECTION_MISMATCH,
          at,
          "\"provider\" is "
              + Quoting.quoted(name)
              + ", but the receiver of this id is on "
              + known.provider().id()
              + ".",
          "Write " + Quoting.quoted(known.provider().id()) + ".");
    }
    return provider.get();
  }

  private static @Nullable String function(
      Members members, @Nullable ConnectionId known, ProblemCollector problems) {
    String name = members.text("function", "Write the receiver's function.");
    Located at = members.optional("function");
    if (name == null || at == null) {
      return null;
    }
    if (known != null && !known.receiver().id().equals(OLDER_NAMES.getOrDefault(name, name))) {
      problems.error(
          ModelError.CONNECTION_MISMATCH,
          at,
          "\"function\" is " + Quoting.quoted(name) + ", but this id leads to another one.",
          "Write " + Quoting.quoted(known.receiver().id()) + ".");
    } else if (known == null && FunctionKind.of(OLDER_NAMES.getOrDefault(name, name)).isEmpty()) {
      problems.error(
          ModelError.VALUE_UNKNOWN,
          at,
          "\"function\" is " + Quoting.quoted(name) + ", which is not a function.",
          "Write the receiver's function, such as \"ingestion\" or \"hot-writer\".");
    }
    return name;
  }

  private static @Nullable URI url(Members members, ProblemCollector problems) {
    String fix = "Write the receiver's address, such as \"https://host/path\". " + AGAIN;
    String text = members.text("url", fix);
    Located at = members.optional("url");
    if (text == null || at == null) {
      return null;
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      problems.error(ModelError.URL, at, "\"url\" is not an address.", fix);
      return null;
    }
    ReceiverUrl.Fault fault = ReceiverUrl.fault(url).orElse(null);
    if (fault == ReceiverUrl.Fault.USER_INFO) {
      problems.error(ModelError.URL, at, "\"url\" holds a user name or password.", fix);
    } else if (fault == ReceiverUrl.Fault.NO_HOST) {
      problems.error(ModelError.URL, at, "\"url\" names no host.", fix);
    } else if (fault == ReceiverUrl.Fault.UNENCRYPTED) {
      problems.error(
          ModelError.URL,
          at,
          "\"url\" begins with "
              + Quoting.quoted(String.valueOf(url.getScheme()))
              + ": a token must not travel unencrypted.",
          "Write an address that begins with https; http is for this machine only.");
    }
    return url;
  }

  private static @Nullable String token(Members members, ProblemCollector problems) {
    String fix =
        "Leave it: the next deployment to the clouds makes a token; or delete the connection.";
    String token = members.text("token", fix);
    Located at = members.optional("token");
    Located former = members.optional("former_token");
    if (token == null || at == null) {
      return null;
    }
    // During a rotation the receiver takes both.
    String tokens =
        former != null && former.value() instanceof JsonString text && !text.value().isBlank()
            ? token + "," + text.value()
            : token;
    for (String one : tokens.split(",", -1)) {
      if (one.strip().length() < MIN_TOKEN) {
        problems.error(
            ModelError.TOKEN_SHORT,
            at,
            "\"token\" has " + one.strip().length() + " characters, fewer than " + MIN_TOKEN + ".",
            fix);
        break;
      }
    }
    return tokens;
  }
}
