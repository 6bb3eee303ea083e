import ArgumentParser

/// How an operator is known.
struct IdentityOptions: ParsableArguments {
  @Option(
    help: .said(
      en: "A user of this machine, by number.",
      pt: "Um usuário desta máquina, pelo número.",
      fr: "Un utilisateur de cette machine, par son numéro.", valueName: "number"))
  var uid: UInt32?

  @Option(
    help: .said(
      en: "A name for which a trusted proxy vouches.",
      pt: "Um nome pelo qual um proxy de confiança responde.",
      fr: "Un nom dont un proxy de confiance se porte garant.", valueName: "text"))
  var subject: String?
}
