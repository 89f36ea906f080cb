package io.henge.replication.node.memory;

import io.henge.replication.membership.ClusterStateMachine;
import io.henge.replication.membership.Memory;
import io.henge.replication.membership.MemoryCodec;
import io.henge.replication.membership.MemoryRecord;
import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A node's data directory ({@code henge.data-dir}), held by one process at a time: the operating
 * system's lock proves that whoever held it before is dead (PROTOCOL 4.6, death witness "restart").
 * It must be on a local file system; network file systems free locks when a connection is lost.
 *
 * <p>A damaged file is never changed: the node goes on without voting and says so, and an operator
 * decides. Not thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

  private static final Logger LOG = System.getLogger(DataDirectory.class.getPackageName());
  private static final String FILE = "voter.log";

  private final Path directory;
  private final String nodeName;
  private final FileChannel lock;
  private volatile String unusable;

  private DataDirectory(Path directory, String nodeName, FileChannel lock) {
    this.directory = directory;
    this.nodeName = nodeName;
    this.lock = lock;
  }

  /**
   * Takes hold of a directory.
   *
   * @param directory created if missing
   * @throws IOException if it cannot be used, or another process holds it
   */
  public static DataDirectory open(Path directory, String nodeName) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held == null) {
        throw new IOException(inUse(directory));
      }
      return new DataDirectory(directory.toAbsolutePath(), nodeName, channel);
    } catch (OverlappingFileLockException sameProcess) {
      channel.close();
      throw new IOException(inUse(directory), sameProcess);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static String inUse(Path directory) {
    return "the data directory "
        + directory
        + " is held by another member; give each member its own henge.data-dir";
  }

  /**
   * The memory of the next incarnation. Before this returns, it is on disk that there is one.
   *
   * @throws IOException if the disk fails
   */
  public DurableMemory begin(MemberId self) throws IOException {
    if (unusable == null) {
      try {
        Memory memory = read(self).started();
        RecordFile file = new RecordFile(directory.resolve(FILE));
        file.replace(MemoryCodec.encode(new MemoryRecord.Whole(memory)));
        return DurableMemory.of(memory, file, "henge-disk-" + nodeName);
      } catch (DamagedFileException damage) {
        LOG.log(Level.DEBUG, "what is wrong with the file", damage);
        unusable = directory.resolve(FILE) + ": " + damage.getMessage();
      }
    }
    LOG.log(
        Level.ERROR,
        "{0} DOES NOT VOTE: its memory cannot be used: {1}. The file is left as it is. The member"
            + " takes part otherwise, and another one gets its seat. To let it vote again, stop it"
            + " and move the file away, once the cluster has removed its former voter",
        nodeName,
        unusable);
    return DurableMemory.unusable(self);
  }

  /** What was written must not be used any more: the next incarnation does not vote. */
  public void condemn(String why) {
    unusable = why;
  }

  private Memory read(MemberId newVoter) throws IOException {
    Path file = directory.resolve(FILE);
    Files.deleteIfExists(directory.resolve(FILE + ".new"));
    if (!Files.exists(file)) {
      return Memory.empty(newVoter);
    }
    RecordReader.Contents contents = RecordReader.read(Files.readAllBytes(file));
    if (contents.tornBytes() > 0) {
      LOG.log(
          Level.WARNING,
          "{0}: the last write to {1} was interrupted by a crash; {2} bytes that nobody was told"
              + " of are left out",
          nodeName,
          file,
          contents.tornBytes());
    }
    try {
      Memory memory = Memory.of(contents.records(), new ClusterStateMachine());
      if (memory == null) {
        throw new DamagedFileException("it holds no record");
      }
      return memory;
    } catch (MalformedFrameException | IllegalArgumentException nonsense) {
      throw new DamagedFileException(
          "its records make no sense together: " + nonsense.getMessage(), nonsense);
    }
  }

  /** Lets go of it: from here on others may hold its former holder for dead. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
