package io.twinloom.functions.twin;

import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.functions.reading.Reader;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Optional;

/**
 * What a twin service calls in place of a hot reader of its own cloud: hands its request to the one
 * on the hot store's cloud, and its answer back. For ranges and, beside the reader of newest
 * values, for those.
 */
public final class DataConnector implements RequestBody {

  private final TwinInfo twin;
  private final Reader reader;
  private final JsonValue noValues;
  private final List<String> warnings;

  /**
   * @param reader the way to the reader
   * @param localReader the reader of this cloud, where that is how the way goes
   */
  public record Settings(Route reader, Optional<String> localReader) {

    private static final RemoteRouteSetting READER =
        new RemoteRouteSetting("READER", Layer.L4, Layer.L3_HOT);

    /**
     * Reads {@code REMOTE_READER_URL} and its token; where it stays on this cloud, {@code
     * LOCAL_HOT_READER_NAME}.
     *
     * @throws io.twinloom.functions.error.ConfigurationError if there is neither
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      Route route = READER.route(environment, twin, List.of());
      Optional<String> local = environment.optional("LOCAL_HOT_READER_NAME");
      if (route instanceof Route.Local && local.isEmpty()) {
        environment.required(READER.urlVariable());
        local = Optional.of(environment.required("LOCAL_HOT_READER_NAME"));
      }
      return new Settings(route, local);
    }
  }

  private DataConnector(
      Settings settings,
      TwinInfo twin,
      RemoteSenders senders,
      FunctionInvoker invoker,
      JsonValue noValues) {
    this.twin = twin;
    this.noValues = noValues;
    this.warnings = settings.reader().warnings();
    this.reader =
        Reader.along(settings.reader(), settings.localReader().orElse(""), senders, invoker);
  }

  /** The connector for ranges. */
  public static DataConnector ofRanges(
      Settings settings, TwinInfo twin, RemoteSenders senders, FunctionInvoker invoker) {
    return new DataConnector(settings, twin, senders, invoker, JsonArray.EMPTY);
  }

  /** The connector for newest values. */
  public static DataConnector ofNewestValues(
      Settings settings, TwinInfo twin, RemoteSenders senders, FunctionInvoker invoker) {
    return new DataConnector(settings, twin, senders, invoker, JsonObject.EMPTY);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    if (!ConnectorRequest.isOne(event)) {
      invocation.device(Reading.device(event, twin));
      return reader.post(event, invocation.traceId());
    }
    try {
      invocation.device(ConnectorRequest.of(event, twin).device());
      return reader.post(event, invocation.traceId());
    } catch (TwinloomException e) {
      return Reading.empty(e, noValues, invocation);
    }
  }
}
