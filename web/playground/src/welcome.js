// The first tab of a first visit, in lines short enough for a small screen.
export const WELCOME = `# rabta: what sources say about
# militant groups and their links.
#
# 1. Pick an example at the left.
# 2. Run it: play button, Ctrl+Enter.
# 3. Change it: Ctrl+Space completes,
#    Explorer ticks fields for you,
#    Docs explains each field.
#
# Presence in this graph implies no
# wrongdoing. A link is what a source
# said: read its hedge and its claims.
#
# To begin: how much does it hold?

query Welcome {
  revision {
    entities
    links
    claims
    sources
    recordedAt
  }
}
`;
