package community

// LeidenSmall is leidenSmall, for tests.
const LeidenSmall = leidenSmall
