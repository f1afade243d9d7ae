/**
 * What a local cloud keeps on disk: one SQLite file a cloud, written by one committer that gathers
 * waiting writes into one durable transaction.
 */
@NullMarked
package io.twinloom.local.store;

import org.jspecify.annotations.NullMarked;
