package io.twinloom.aws.deploy;

import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.intercloud.Retries;
import io.twinloom.functions.port.CircuitStates;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.model.Connections;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.serverless.http.UrlConnectionRemoteCloud;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Sends to another cloud's receiver as a function on AWS does: the same retries, token and
 * signature.
 */
record ReceiverCall(InstantSource clock, RandomGenerator random) {

  /**
   * Posts a body once.
   *
   * @throws io.twinloom.model.TwinloomException if it is not taken
   */
  void post(Connections.Connection over, SigningMode signing, byte[] body, String trace) {
    RemoteSenders senders =
        new RemoteSenders(
            new UrlConnectionRemoteCloud(),
            new CircuitBreakers(clock, random, CircuitStates.NONE),
            Retries.OWN,
            new FunctionRuntime(
                KnownClouds.AWS,
                clock,
                random,
                () -> new UUID(random.nextLong(), random.nextLong()).toString(),
                Thread::sleep));
    var unused =
        senders
            .to(new Remote(over.url(), List.of(over.token().split(",")), signing))
            .post(body, trace);
  }
}
