package io.henge.admin.cluster;

/**
 * Who answers, and how it is.
 *
 * @param clusterName the configured name
 * @param clusterId a UUID; empty before the node joined
 * @param nodeName the answering member's name
 * @param nodeId its id
 * @param state STARTING, RUNNING, EXPELLED or CLOSED
 * @param health one plain sentence: state, cause, next step
 * @param quorate whether a majority of voters answers it
 * @param version version of the product
 */
public record Identity(
    String clusterName,
    String clusterId,
    String nodeName,
    String nodeId,
    String state,
    String health,
    boolean quorate,
    String version) {}
