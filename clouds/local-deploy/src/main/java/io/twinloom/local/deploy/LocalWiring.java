package io.twinloom.local.deploy;

import io.twinloom.deployer.control.TwinServer;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What the local clouds as a target are made of; put together where the command is.
 *
 * @param server through which other processes ask a twin that runs in this one
 * @param clock the present
 * @param random of tokens and of what {@code verify} sends
 */
public record LocalWiring(TwinServer server, InstantSource clock, SecureRandom random) {}
