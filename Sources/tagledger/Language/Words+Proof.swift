import Proof

// What receipts and checkpoints prove, or why they do not.
extension Words {
  func proved(event seq: Int64, of size: Int64, _ origin: String) -> String {
    say(
      en: "Proved: event \(seq) stands in the log \(origin), signed at \(size) events.",
      pt: "Provado: o evento \(seq) está no registro \(origin), assinado com \(size) eventos.",
      fr: "Prouvé : l’événement \(seq) est dans le registre \(origin), signé à \(size) événements.")
  }

  var keyIsSigners: String {
    say(
      en: "The key came from the daemon itself; with --key the receipt proves more.",
      pt: "A chave veio do próprio serviço; com --key o recibo prova mais.",
      fr: "La clé vient du service lui-même ; avec --key le reçu prouve davantage.")
  }

  func notProved(_ fault: ProofFault) -> String {
    switch fault {
    case .malformed(let part, let what): malformed(part, what)
    case .keyUnknown(let name):
      say(
        en: "Nothing is proved: it is signed by \(name), which is not the key that was given.",
        pt: "Nada está provado: quem assina é \(name), que não é a chave indicada.",
        fr: "Rien n’est prouvé : c’est signé par \(name), qui n’est pas la clé indiquée.")
    case .signatureWrong(let name):
      say(
        en: "Nothing is proved: the signature in the name of \(name) is not by its key.",
        pt: "Nada está provado: a assinatura em nome de \(name) não é da chave dele.",
        fr: "Rien n’est prouvé : la signature au nom de \(name) n’est pas de sa clé.")
    case .originDiffers(let found, let expected):
      say(
        en: "The receipt is of the log \(found), the key of \(expected).",
        pt: "O recibo é do registro \(found), a chave é de \(expected).",
        fr: "Le reçu est du registre \(found), la clé de \(expected).")
    case .notIncluded(let index, let size):
      say(
        en: "Event \(index + 1) is not this one in the log that was signed at \(size) events.",
        pt: "O evento \(index + 1) não é este no registro assinado com \(size) eventos.",
        fr:
          "L’événement \(index + 1) n’est pas celui-ci dans le registre signé à \(size) événements."
      )
    }
  }

  private func malformed(_ part: ProofFault.Part, _ what: String) -> String {
    let name =
      switch part {
      case .note: say(en: "signed note", pt: "nota assinada", fr: "note signée")
      case .checkpoint: say(en: "checkpoint", pt: "checkpoint", fr: "point de contrôle")
      case .key: say(en: "verifier key", pt: "chave de verificação", fr: "clé de vérification")
      case .receipt: say(en: "receipt", pt: "recibo", fr: "reçu")
      }
    return say(
      en: "This is no \(name): \(what).", pt: "Isto não é: \(name) (\(what)).",
      fr: "Ce n’est pas : \(name) (\(what)).")
  }

  var signed: String { say(en: "Signed", pt: "Assinado", fr: "Signé") }
  var verifierKey: String { say(en: "Verifier key", pt: "Chave pública", fr: "Clé publique") }
  var scrubbed: String { say(en: "Looked through", pt: "Revisado", fr: "Parcouru") }
}
