/**
 * What a local cloud has of its own for events: event actions around the user's code, and workflows
 * on the cloud's own queue. When an action or a workflow is started is not here: the event checker
 * decides that, on every cloud alike.
 */
@NullMarked
package io.twinloom.local.event;

import org.jspecify.annotations.NullMarked;
