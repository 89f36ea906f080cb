package io.henge.replication.node;

import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * The same-host witness of PROTOCOL 4.6: proves that a member's process on this machine is gone.
 * Each member holds an operating system lock on {@code <runDirectory>/<incarnation>.lock} from
 * start to exit; the kernel frees it when the process ends, and never while it merely pauses.
 *
 * <p>The directory must be on a <em>local</em> file system, shared by the members of one machine
 * only: network file systems free locks when a connection is lost. The witness must stay reachable
 * as long as the member acts, because a collected file channel frees its lock; and {@link #close}
 * is the last thing a member does. Thread-safe.
 */
public final class SameHostWitness implements AutoCloseable {

  private static final Logger LOG = System.getLogger(SameHostWitness.class.getPackageName());

  private static final String SUFFIX = ".lock";
  private static final String LIVING = "io.henge.incarnation.";
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * Guards every look at a lock file in this process, whatever class loader the class came from:
   * POSIX locks belong to the process, and two looks at one file at a time would refuse each other.
   * Interned strings are the only objects that all class loaders share without further ado.
   */
  private static final Object ONE_LOOK_AT_A_TIME = "io.henge.replication.SameHostWitness".intern();

  private final Path directory;
  private final Path file;
  private final String livingKey;
  private final FileChannel channel;
  private boolean closed;

  /**
   * Takes the lock of this member and deletes old files of dead ones.
   *
   * @param runDirectory created if missing
   * @throws IOException if the directory or the file cannot be written or locked
   */
  public SameHostWitness(Path runDirectory, MemberId self) throws IOException {
    directory = runDirectory;
    file = fileOf(self);
    livingKey = LIVING + self;
    createDirectory();
    // Before the file exists: whoever sees the file in this process must see this too.
    System.setProperty(livingKey, "");
    try {
      channel = lock(self);
    } catch (IOException | RuntimeException e) {
      System.clearProperty(livingKey);
      throw e;
    }
    deleteOldFiles();
  }

  private void createDirectory() throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Whoever can write here can forge a death.
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }

  /** Locks the file before it gets its name, so that no one ever finds a living one unlocked. */
  private FileChannel lock(MemberId self) throws IOException {
    Path unnamed = directory.resolve(self + ".new");
    FileChannel opened =
        FileChannel.open(
            unnamed,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = opened.tryLock();
      if (lock == null) {
        throw new IOException("the new file " + unnamed + " is locked by another process");
      }
      String pid = ProcessHandle.current().pid() + "\n";
      opened.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      Files.deleteIfExists(unnamed);
      throw e;
    }
  }

  /**
   * Whether the process of that incarnation is proven gone: its lock file is here and nobody holds
   * its lock. A missing file proves nothing (another machine, another directory, a clean exit), nor
   * does one that cannot be read; a member of this very process counts as alive until it closed its
   * witness. Reads a file; fast, but not for a delivery thread.
   */
  public boolean provenDead(MemberId suspect) {
    synchronized (ONE_LOOK_AT_A_TIME) {
      // Opening and closing the file of a member of this process would free its lock.
      return System.getProperty(LIVING + suspect) == null && isUnlocked(fileOf(suspect));
    }
  }

  private Path fileOf(MemberId member) {
    return directory.resolve(member + SUFFIX);
  }

  private static boolean isUnlocked(Path lockFile) {
    try (FileChannel probe = FileChannel.open(lockFile, StandardOpenOption.READ);
        FileLock lock = probe.tryLock(0, Long.MAX_VALUE, true)) {
      // A shared lock: several members may look at the same time.
      return lock != null;
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The lock file " + lockFile + " proves nothing: cannot read it", e);
      return false;
    }
  }

  /** Dead members' files stay a while, for all members that want to see the proof. */
  private void deleteOldFiles() throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(KEPT));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path each : files) {
        if (Files.getLastModifiedTime(each).compareTo(old) < 0 && isOfADeadMember(each)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException deletedByAnotherMember) {
      LOG.log(Level.DEBUG, "Another member cleans up {0} too", directory);
    }
  }

  private boolean isOfADeadMember(Path lockFile) {
    String name = lockFile.getFileName().toString();
    try {
      return provenDead(MemberId.parse(name.substring(0, name.length() - SUFFIX.length())));
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }

  /**
   * Frees the lock and leaves the file, as the end of the process would: whoever looks has the
   * proof. The member must not act any more.
   */
  public void abandon() throws IOException {
    synchronized (ONE_LOOK_AT_A_TIME) {
      if (!closed) {
        closed = true;
        channel.close();
        System.clearProperty(livingKey);
      }
    }
  }

  /**
   * Deletes the file and frees the lock; idempotent. After it nothing is proven about this member:
   * one that leaves says so itself.
   */
  @Override
  public void close() throws IOException {
    synchronized (ONE_LOOK_AT_A_TIME) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        Files.deleteIfExists(file);
      } finally {
        channel.close();
        System.clearProperty(livingKey);
      }
    }
  }
}
