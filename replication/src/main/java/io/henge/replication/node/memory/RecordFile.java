package io.henge.replication.node.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file being written. Not thread-safe. */
final class RecordFile implements AutoCloseable {

  private final Path path;
  private FileChannel channel;
  private long length;
  private long confirmed;

  /** Writes nothing yet: the first call must be {@link #replace}. */
  RecordFile(Path path) {
    this.path = path;
  }

  /** Adds a record; not on disk before {@link #force}. */
  void append(byte[] payload) throws IOException {
    length += write(channel, RecordFormat.record(payload, confirmed));
  }

  /** Puts a file of one record in the place of the present one: wholly or, in a crash, not. */
  void replace(byte[] payload) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".new");
    FileChannel opened =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      long written = write(opened, RecordFormat.fileHeader());
      written += write(opened, RecordFormat.record(payload, 0));
      opened.force(true);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceDirectory();
      length = written;
      confirmed = written;
    } catch (IOException | RuntimeException failure) {
      opened.close();
      throw failure;
    }
    FileChannel before = channel;
    channel = opened;
    if (before != null) {
      before.close();
    }
  }

  /** Returns when all that was added would survive a loss of power. */
  void force() throws IOException {
    channel.force(true);
    confirmed = length;
  }

  /** A file's new name is safe only when its directory is. */
  private void forceDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (AccessDeniedException windows) {
      // Directories cannot be opened there; its file system journals the renaming itself.
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        throw windows;
      }
    }
  }

  private static long write(FileChannel to, ByteBuffer bytes) throws IOException {
    long written = 0;
    while (bytes.hasRemaining()) {
      written += to.write(bytes);
    }
    return written;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
