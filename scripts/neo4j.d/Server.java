import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.cli.AdminTool;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.QueryConfig;

/**
 * Runs one Neo4j server in the folder given as the only argument, with its conf/neo4j.conf, until it is ended.
 * NEO4J_URI and NEO4J_PASSWORD come from the environment; a fresh folder gets that password. Prints READY once a query
 * sent over Bolt was answered. With NEO4J_OWNER, a process id, the server ends and its folder goes when that process does.
 */
class Server {
    public static void main(String[] args) throws Exception {
        var home = Path.of(args[0]);
        var conf = home.resolve("conf");
        var password = System.getenv("NEO4J_PASSWORD");
        if (Files.notExists(home.resolve("data"))) {
            var context = new ExecutionContext(home, conf);
            if (AdminTool.execute(context, "dbms", "set-initial-password", password) != 0) {
                System.exit(1);
            }
        }
        followOwner(home);
        var server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(conf.resolve("neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        ask(System.getenv("NEO4J_URI"), password);
        System.out.println("READY");
        Thread.currentThread().join();
    }

    /** Sends one query over Bolt, as any client would, and again until it is answered, for a minute at most. */
    private static void ask(String uri, String password) throws InterruptedException {
        for (int left = 300; ; left--) {
            try (var driver = GraphDatabase.driver(uri, AuthTokens.basic("neo4j", password))) {
                driver.executableQuery("MATCH (n) RETURN count(n)")
                        .withConfig(QueryConfig.builder().withDatabase("neo4j").build())
                        .execute();
                return;
            } catch (RuntimeException e) {
                if (left == 0) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    private static void followOwner(Path home) {
        var owner = System.getenv("NEO4J_OWNER");
        if (owner == null || owner.isEmpty()) {
            return;
        }
        ProcessHandle.of(Long.parseLong(owner))
                .ifPresentOrElse(process -> process.onExit().thenRun(() -> end(home)), () -> end(home));
    }

    /** Ends this process at once and removes the folder: nobody is left who could want the data. */
    private static void end(Path home) {
        try {
            new ProcessBuilder("sh", "-c", "sleep 1; rm -rf -- \"$0\"", home.toString()).start();
        } catch (IOException e) {
            System.err.println("could not remove " + home + ": " + e);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
