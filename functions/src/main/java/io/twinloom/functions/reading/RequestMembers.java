package io.twinloom.functions.reading;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Which members a request to a reader may have. One that is not known is never passed over in
 * silence: it may have been meant to narrow the answer.
 */
public final class RequestMembers {

  /** Those of a query, whatever else a request of this product carries along. */
  private static final Set<String> QUERY =
      Set.of(
          "device_id",
          "start",
          "end",
          "limit",
          "order",
          "nextToken",
          "scope",
          Envelope.TRACE_ID,
          Envelope.SOURCE_CLOUD);

  /** Those of a connector's request that TwinMaker documents, and the older names of the times. */
  private static final Set<String> CONNECTOR =
      Set.of(
          "workspaceId",
          "entityId",
          "componentName",
          "componentTypeId",
          "componentPath",
          "selectedProperties",
          "properties",
          "propertyFilters",
          "propertyGroupName",
          "tabularConditions",
          "interpolation",
          "startTime",
          "endTime",
          "startDateTime",
          "endDateTime",
          "maxResults",
          "nextToken",
          "orderByTime",
          "scope",
          Envelope.TRACE_ID,
          Envelope.SOURCE_CLOUD);

  private RequestMembers() {}

  /**
   * Checks a query for a device's items.
   *
   * @throws io.twinloom.functions.error.Refused if it has a member that is not known
   */
  public static void checkQuery(JsonObject request) {
    check(request, QUERY);
  }

  /**
   * Checks a request that may have these members alone.
   *
   * @throws io.twinloom.functions.error.Refused if it has another one
   */
  public static void check(JsonObject request, Set<String> known) {
    for (String name : request.members().keySet()) {
      if (!known.contains(name)) {
        throw RangeQuery.bad("There is no parameter " + Quoted.name(name) + meant(name, known));
      }
    }
  }

  /**
   * Checks a request in the form of TwinMaker's connectors: a member that is not known is counted
   * and logged, since TwinMaker may come to send more.
   *
   * @throws io.twinloom.functions.error.Refused if it has one that is known but for its case
   */
  public static void checkConnector(JsonObject request, Invocation invocation) {
    for (String name : request.members().keySet()) {
      if (CONNECTOR.contains(name)) {
        continue;
      }
      if (CONNECTOR.stream().anyMatch(name::equalsIgnoreCase)) {
        throw RangeQuery.bad("There is no parameter " + Quoted.name(name) + meant(name, CONNECTOR));
      }
      invocation.count("request-member-unknown");
      invocation.note(
          Level.WARN,
          "The member " + Quoted.name(name) + " of a request is not known and is ignored.",
          Map.of());
    }
  }

  private static String meant(String name, Collection<String> known) {
    return known.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .map(right -> "; write " + Quoted.name(right) + ".")
        .orElse(" here.");
  }
}
