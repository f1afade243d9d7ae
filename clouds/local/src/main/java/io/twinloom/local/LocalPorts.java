package io.twinloom.local;

import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.Pace;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import io.twinloom.local.event.LocalWorkflows;
import io.twinloom.local.observe.TwinActivity;
import java.util.Optional;

/** The ports of a local cloud. It has every store, whichever tiers the twin keeps on it. */
record LocalPorts(
    FunctionRuntime runtime,
    InvocationLog log,
    LocalStores stores,
    FunctionInvoker invoker,
    RemoteSenders senders,
    Optional<DeviceChannel> devices,
    TwinActivity activity)
    implements CloudPorts {

  @Override
  public DeadLetters deadLetters() {
    return activity.counted(stores.deadLetters());
  }

  @Override
  public Workflows workflows() {
    return new LocalWorkflows(invoker);
  }

  @Override
  public Optional<HotStore> hotStore() {
    return Optional.of(activity.counted(stores.hot()));
  }

  @Override
  public Optional<ObjectStore> coldStore() {
    return Optional.of(stores.cold());
  }

  @Override
  public Optional<ObjectStore> archiveStore() {
    return Optional.of(stores.archive());
  }

  @Override
  public Optional<MovePlans> movePlans() {
    return Optional.of(stores.movePlans());
  }

  @Override
  public boolean hasRoom() {
    return stores.room().isThere();
  }

  @Override
  public Pace pace() {
    return activity.pace();
  }

  @Override
  public Optional<TwinGraph> twinGraph() {
    return Optional.of(stores.twinGraph());
  }

  @Override
  public Optional<RecordedAnswers> recordedAnswers() {
    return Optional.of(stores.recordedAnswers());
  }
}
