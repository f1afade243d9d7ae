/**
 * What `up` and `serve` offer over HTTP: the REST interface of {@code openapi.json}, live events,
 * metrics and the web page. It decides nothing about twins: it asks {@code deployer}.
 */
@NullMarked
package io.twinloom.server;

import org.jspecify.annotations.NullMarked;
