package io.twinloom.functions.catalog;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.SeenDevices;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Need;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The ports of one function: those that its row names, and no others. A store that the row requires
 * must be there; one of another layer may be on another cloud.
 *
 * @param function its deployed name
 */
record NeededPorts(FunctionSpec spec, String function, CloudPorts cloud) {

  FunctionRuntime runtime() {
    return cloud.runtime();
  }

  FunctionInvoker invoker() {
    return named(Need.INVOKER, cloud::invoker);
  }

  Workflows workflows() {
    return named(Need.WORKFLOWS, cloud::workflows);
  }

  RemoteSenders senders() {
    return named(Need.REMOTE, cloud::senders).calledBy(function);
  }

  Optional<HotStore> hotStoreIfHere() {
    return named(Need.HOT_STORE, cloud::hotStore);
  }

  Optional<ObjectStore> coldStoreIfHere() {
    return named(Need.COLD_STORE, cloud::coldStore);
  }

  Optional<ObjectStore> archiveStoreIfHere() {
    return named(Need.ARCHIVE_STORE, cloud::archiveStore);
  }

  Optional<DeviceChannel> devicesIfHere() {
    return named(Need.DEVICES, cloud::devices);
  }

  Optional<SeenDevices> seenDevicesIfNoted() {
    return named(Need.SEEN_DEVICES, cloud::seenDevices);
  }

  HotStore hotStore() {
    return required(hotStoreIfHere(), "hot store");
  }

  ObjectStore coldStore() {
    return required(coldStoreIfHere(), "cold store");
  }

  ObjectStore archiveStore() {
    return required(archiveStoreIfHere(), "archive store");
  }

  DeviceChannel devices() {
    return required(devicesIfHere(), "device channel");
  }

  MovePlans movePlans() {
    return required(named(Need.MOVE_PLANS, cloud::movePlans), "store of plans");
  }

  TwinGraph twinGraph() {
    return required(twinGraphIfHere(), "twin graph");
  }

  Optional<TwinGraph> twinGraphIfHere() {
    return named(Need.TWIN_GRAPH, cloud::twinGraph);
  }

  RecordedAnswers recordedAnswers() {
    return required(named(Need.RECORDED_ANSWERS, cloud::recordedAnswers), "store of answers");
  }

  private <T> T named(Need need, Supplier<T> port) {
    if (!spec.needs(need)) {
      throw new IllegalStateException(
          "The " + spec.kind().id() + " uses " + need + ", which its row does not name");
    }
    return port.get();
  }

  private <T> T required(Optional<T> port, String what) {
    return port.orElseThrow(() -> ConfigurationError.noStore(spec.kind().id(), what));
  }
}
