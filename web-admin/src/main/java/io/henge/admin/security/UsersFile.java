package io.henge.admin.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users that a file names, one a line: {@code name:viewer|operator:hash}, see {@link
 * Passwords}. Read at each log-in, so that a change holds at once. Without a file it knows nobody,
 * and other identity stores are asked.
 */
@ApplicationScoped
public class UsersFile implements IdentityStore {

  private static final int PARTS = 3;

  /** A user of the file. */
  private record User(String role, String hash) {}

  private final ConsoleSettings settings;
  private final String nobodysHash = Passwords.hash("nobody".toCharArray());

  /** For the container. */
  public UsersFile() {
    this(ConsoleSettings.read());
  }

  UsersFile(ConsoleSettings settings) {
    this.settings = settings;
  }

  /** Checks a name and a password. Called by Jakarta Security, which looks for this signature. */
  public CredentialValidationResult validate(UsernamePasswordCredential credential) {
    if (settings.users() == null) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    User user = read(settings.users()).get(credential.getCaller());
    // The same work for a name that is not there: the time tells nothing.
    boolean matches =
        Passwords.matches(
            credential.getPassword().getValue(), user == null ? nobodysHash : user.hash());
    return user != null && matches
        ? new CredentialValidationResult(
            credential.getCaller(),
            Set.of(
                user.role().equals(Role.OPERATOR.word())
                    ? settings.operatorRole()
                    : settings.viewerRole()))
        : CredentialValidationResult.INVALID_RESULT;
  }

  private static Map<String, User> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("henge.console.users=" + file + " cannot be read", unreadable);
    }
    Map<String, User> users = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] parts = line.split(":", PARTS);
        if (parts.length != PARTS || !isRole(parts[1]) || !Passwords.isHash(parts[2])) {
          throw new IllegalStateException(
              "Line "
                  + (i + 1)
                  + " of "
                  + file
                  + " is not <name>:viewer|operator:<hash>; see docs/console.md");
        }
        users.put(parts[0], new User(parts[1], parts[2]));
      }
    }
    return users;
  }

  private static boolean isRole(String word) {
    return word.equals(Role.VIEWER.word()) || word.equals(Role.OPERATOR.word());
  }
}
