package io.twinloom.deployer;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Somewhere a twin can be deployed to. One twin's place there: made for one project. */
public interface Target {

  /** The target's name, as the user chooses it. */
  String name();

  /** What this target has to say about a valid project: what it would do otherwise than others. */
  List<Problem> check(Project project);

  /**
   * Makes the twin run as its project says, and returns when it does. What is deployed already
   * stays or is changed; a deployment that was interrupted is brought to its end.
   *
   * @throws TwinloomException if it cannot: then what is deployed is known to the target's journal,
   *     and deploying or destroying again goes on from there
   */
  TwinControl deploy(PreparedProject project, Progress progress);

  /**
   * Ends the twin. Does nothing where there is none.
   *
   * @param deleteData whether what it kept goes too
   * @return whether there was one
   */
  boolean destroy(boolean deleteData, Progress progress);

  /** The twin that runs there now. */
  Optional<TwinControl> deployed();

  /**
   * Why there is none to be asked, and how to have one; for {@code deployed()} being empty.
   *
   * @param named the project as the user names it
   */
  TwinloomException absent(String named);

  /** What to know of the target where its twin cannot be asked. */
  List<String> warnings();

  /** The plan by which the twin was last deployed; empty where it never was. */
  Optional<JsonObject> plan();

  /**
   * The digest of the project as it was last deployed, its user code included; empty where it never
   * was.
   *
   * @see PreparedProject#digest
   */
  Optional<String> projectDigest();

  /** The twin's connections, whether it runs or not; none where it was never deployed. */
  Connections connections();

  /**
   * A connection to the twin as its devices have one; empty where it does not run.
   *
   * @param clientId not a device's own, which might be connected itself; a channel that knows each
   *     device by its own id does not use it
   */
  Optional<DeviceClient> devices(String clientId);

  /**
   * What each device connects with, by its id: {@code address} ({@code tcp://} or {@code ssl://},
   * host and port), {@code client_id}, {@code telemetry} (the topic), and, where its channel asks
   * for them, {@code user}, {@code password}, and in PEM {@code ca}, {@code certificate}, {@code
   * private_key}. It is secret. Empty where the twin is not there.
   */
  default Optional<Map<String, JsonObject>> deviceAccess(Project project) {
    return Optional.empty();
  }

  /**
   * Hands over the newest lines of the log, oldest first, whether or not the twin runs; with {@code
   * follow}, goes on with new ones until the thread is interrupted.
   */
  void logs(LogQuery query, Consumer<LogLine> lines);
}
