package io.twinloom.deployer.control.codec;

import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.ChangeStatus.At;
import io.twinloom.deployer.control.StoreStatus;
import io.twinloom.deployer.control.StoreStatus.DeviceSeen;
import io.twinloom.deployer.control.StoreStatus.Role;
import io.twinloom.json.JsonObject;
import java.util.Locale;

/** {@link ChangeStatus} and {@link StoreStatus} as JSON. */
final class ChangeStatusJson {

  private ChangeStatusJson() {}

  static JsonObject write(ChangeStatus change) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("id", change.id())
            .put("phase", change.at().phase())
            .put("of", change.at().of())
            .put("kind", change.at().kind())
            .put("layer", change.at().layer().title())
            .put("words", change.at().words())
            .put("state", change.state())
            .put("since", change.since());
    change.waitingFor().ifPresent(why -> json.put("waitingFor", why));
    change.progress().ifPresent(far -> json.put("progress", ProgressJson.write(far)));
    return json.put("cancellable", change.cancellable()).build();
  }

  static ChangeStatus change(JsonObject json) {
    return new ChangeStatus(
        Members.text(json, "id"),
        new At(
            (int) Members.number(json, "phase"),
            (int) Members.number(json, "of"),
            Members.text(json, "kind"),
            Members.layer(json, "layer"),
            Members.text(json, "words")),
        Members.text(json, "state"),
        Members.text(json, "since"),
        json.text("waitingFor"),
        json.object("progress").map(ProgressJson::read),
        Members.flag(json, "cancellable"));
  }

  static JsonObject write(StoreStatus store) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("name", store.name())
            .put("cloud", store.cloud().id())
            .put("tier", store.tier().title())
            .put("role", store.role().id());
    if (!store.devices().isEmpty()) {
      json.put(
          "devices",
          Members.array(
              store.devices(),
              seen ->
                  JsonObject.builder()
                      .put("device", seen.device())
                      .put("time", seen.time())
                      .build()));
    }
    return json.build();
  }

  static StoreStatus store(JsonObject json) {
    return new StoreStatus(
        Members.text(json, "name"),
        Members.provider(json, "cloud"),
        Members.layer(json, "tier"),
        Role.valueOf(Members.text(json, "role").toUpperCase(Locale.ROOT)),
        Members.list(
            json,
            "devices",
            seen -> new DeviceSeen(Members.text(seen, "device"), Members.text(seen, "time"))));
  }
}
