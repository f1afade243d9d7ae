/**
 * The stores: DynamoDB for the hot tier and for what functions remember, S3 for the colder tiers
 * and the dead letters. Making the tables and buckets is the deployment's, not theirs.
 */
@NullMarked
package io.twinloom.aws.store;

import org.jspecify.annotations.NullMarked;
