package io.afterimage.local;

/** The job failed; the message is the innermost cause's. */
public final class JobFailedException extends Exception {
  JobFailedException(Throwable failure) {
    super(innermost(failure), failure);
  }

  /** The message of the innermost cause. */
  public static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.toString() : message;
  }
}
