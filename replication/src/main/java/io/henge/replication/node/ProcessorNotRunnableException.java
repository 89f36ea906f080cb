package io.henge.replication.node;

/** The primary cannot run a processor; nothing was done. */
public class ProcessorNotRunnableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with the reason. */
  public ProcessorNotRunnableException(String message) {
    super(message);
  }
}
