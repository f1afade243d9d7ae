package io.twinloom.functions.intercloud;

import io.twinloom.functions.intercloud.Delivered.NotTaken;
import io.twinloom.functions.intercloud.Delivered.Taken;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import java.util.List;

/** Sends measurements to a function of another cloud, each of which is taken or not by itself. */
public final class EnvelopeSender {

  private final RemoteSender sender;

  EnvelopeSender(RemoteSender sender) {
    this.sender = sender;
  }

  /** Sends envelopes; says what became of each, in order. */
  public List<Delivered> post(List<Envelope> envelopes) {
    return envelopes.stream().map(this::post).toList();
  }

  private Delivered post(Envelope envelope) {
    try {
      return new Taken(answer(sender.post(envelope)));
    } catch (RemoteException e) {
      return new NotTaken(e);
    }
  }

  /** Another implementation's receiver may answer a success in other words. */
  private static JsonObject answer(byte[] body) {
    try {
      return Json.parse(body) instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (JsonSyntaxException e) {
      return JsonObject.EMPTY;
    }
  }
}
