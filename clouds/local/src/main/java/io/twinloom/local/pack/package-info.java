/** What packs on this machine. */
@NullMarked
package io.twinloom.local.pack;

import org.jspecify.annotations.NullMarked;
