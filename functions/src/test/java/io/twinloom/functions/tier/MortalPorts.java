package io.twinloom.functions.tier;

import io.twinloom.functions.catalog.CloudPorts;
import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.RecordedAnswers;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.Workflows;
import java.util.Optional;

/** The ports of a cloud as a process sees them that may be killed at any call. */
record MortalPorts(FakeCloud cloud, Mortal process, RemoteCloud http) implements CloudPorts {

  @Override
  public FunctionRuntime runtime() {
    return cloud.runtime();
  }

  @Override
  public InvocationLog log() {
    return cloud.log();
  }

  @Override
  public DeadLetters deadLetters() {
    return cloud.deadLetters();
  }

  @Override
  public FunctionInvoker invoker() {
    return cloud.invoker();
  }

  @Override
  public Workflows workflows() {
    return cloud.workflows();
  }

  @Override
  public RemoteSenders senders() {
    return new RemoteSenders(
        http, new CircuitBreakers(runtime().clock(), runtime().random()), runtime());
  }

  @Override
  public Optional<HotStore> hotStore() {
    return cloud.hotStore().map(store -> process.sees(HotStore.class, store));
  }

  @Override
  public Optional<ObjectStore> coldStore() {
    return cloud.coldStore().map(store -> process.sees(ObjectStore.class, store));
  }

  @Override
  public Optional<ObjectStore> archiveStore() {
    return cloud.archiveStore().map(store -> process.sees(ObjectStore.class, store));
  }

  @Override
  public Optional<MovePlans> movePlans() {
    return cloud.movePlans().map(plans -> process.sees(MovePlans.class, plans));
  }

  @Override
  public Optional<TwinGraph> twinGraph() {
    return cloud.twinGraph();
  }

  @Override
  public Optional<RecordedAnswers> recordedAnswers() {
    return cloud.recordedAnswers();
  }

  @Override
  public Optional<DeviceChannel> devices() {
    return cloud.devices();
  }
}
