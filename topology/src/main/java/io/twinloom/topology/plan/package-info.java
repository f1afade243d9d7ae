/**
 * A topology shown: as text for people, as JSON for programs, as a Mermaid picture, and as the
 * difference to another one. Decides nothing, prints nothing: it gives texts and values.
 */
@NullMarked
package io.twinloom.topology.plan;

import org.jspecify.annotations.NullMarked;
