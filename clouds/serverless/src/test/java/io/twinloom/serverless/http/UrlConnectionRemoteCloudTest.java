package io.twinloom.serverless.http;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.testkit.contract.RemoteCloudContract;

class UrlConnectionRemoteCloudTest implements RemoteCloudContract {

  private final RemoteCloud remote = new UrlConnectionRemoteCloud();

  @Override
  public RemoteCloud remote() {
    return remote;
  }
}
