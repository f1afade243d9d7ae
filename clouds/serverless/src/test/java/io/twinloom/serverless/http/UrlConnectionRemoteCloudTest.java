package io.twinloom.aws.http;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.testkit.contract.RemoteCloudContract;
import java.time.InstantSource;

class UrlConnectionRemoteCloudTest implements RemoteCloudContract {

  private final RemoteCloud remote = new UrlConnectionRemoteCloud(InstantSource.system());

  @Override
  public RemoteCloud remote() {
    return remote;
  }
}
