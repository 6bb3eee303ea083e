import APITypes

// What goes and what stays when a person is erased.
extension Words {
  func asksErase(_ receipt: ErasureReceipt) -> String {
    let question = say(
      en: "Erase \(who(receipt)) for good? Nobody can bring it back.",
      pt: "Apagar \(who(receipt)) para sempre? Ninguém pode trazer de volta.",
      fr: "Effacer \(who(receipt)) pour toujours ? Personne ne pourra y revenir.")
    return ([willGo(receipt)] + stays(receipt) + [question]).joined(separator: "\n")
  }

  /// The report, or what it would be.
  func erased(_ receipt: ErasureReceipt) -> String {
    let erased = say(
      en: "Erased \(who(receipt)).", pt: "Apagado: \(who(receipt)).",
      fr: "Effacé : \(who(receipt)).")
    guard let result = receipt.job?.result else {
      return ([erased, willGo(receipt)] + stays(receipt)).joined(separator: "\n")
    }
    func count(_ name: String) -> Int64 { result[name]?.int ?? 0 }
    var lines = [
      erased,
      say(
        en:
          "Destroyed: \(number(count("keys"))) keys; \(number(count("ciphertexts"))) sealed values.",
        pt:
          "Destruídos: \(number(count("keys"))) chaves; \(number(count("ciphertexts"))) valores selados.",
        fr:
          "Détruits : \(number(count("keys"))) clés ; \(number(count("ciphertexts"))) valeurs scellées."
      ),
      say(
        en:
          "Taken out of the directory, and \(number(count("failure_rows"))) rows of refused imports.",
        pt:
          "Retirado do cadastro, e \(number(count("failure_rows"))) linhas de importações recusadas.",
        fr:
          "Retiré du répertoire, et \(number(count("failure_rows"))) lignes d’imports refusés."),
      say(
        en: "Tried to open \(number(count("tried"))) copies taken before: none opens.",
        pt: "Tentou-se abrir \(number(count("tried"))) cópias tiradas antes: nenhuma abre.",
        fr: "\(number(count("tried"))) copies prises avant ont été essayées : aucune ne s’ouvre."),
    ]
    let stopped = texts(result["stopped_imports"])
    if !stopped.isEmpty {
      lines.append(
        say(
          en: "Imports that named them and cannot go on: \(stopped).",
          pt: "Importações que citavam e não podem continuar: \(stopped).",
          fr: "Imports qui la nommaient et ne peuvent reprendre : \(stopped)."))
    }
    let pending = texts(result["pending"])
    if !pending.isEmpty {
      lines.append(
        say(
          en: "Still being read, emptied in a quiet moment: \(pending).",
          pt: "Ainda em leitura, será esvaziado num momento calmo: \(pending).",
          fr: "Encore en lecture, vidé à un moment calme : \(pending)."))
    }
    return (lines + stays(receipt)).joined(separator: "\n")
  }

  private func who(_ receipt: ErasureReceipt) -> String {
    let ids = receipt.customers.map(String.init).joined(separator: ", ")
    return receipt.customers.count == 1
      ? say(en: "customer \(ids)", pt: "o cliente \(ids)", fr: "le client \(ids)")
      : say(
        en: "customers \(ids), who were merged", pt: "os clientes \(ids), que foram unidos",
        fr: "les clients \(ids), qui ont été fusionnés")
  }

  private func willGo(_ receipt: ErasureReceipt) -> String {
    let fields = receipt.fields.sorted { $0.key < $1.key }
      .map { "\($0.key) \(number($0.value))" }.joined(separator: ", ")
    return say(
      en: "Goes: every value there has ever been (\(fields)), and their keys.",
      pt: "Some: todos os valores que já houve (\(fields)) e suas chaves.",
      fr: "Disparaît : toutes les valeurs qu’il y a eu (\(fields)) et leurs clés.")
  }

  private func stays(_ receipt: ErasureReceipt) -> [String] {
    var lines = [
      say(
        en:
          "Stays: the number, \(number(receipt.events)) events with times, tags, reasons and details.",
        pt:
          "Fica: o número, \(number(receipt.events)) eventos com horas, etiquetas, motivos e detalhes.",
        fr:
          "Reste : le numéro, \(number(receipt.events)) événements : heures, étiquettes, motifs, détails."
      )
    ]
    if !receipt.mentions.isEmpty {
      let seqs = receipt.mentions.prefix(20).map { "#\($0)" }.joined(separator: ", ")
      lines.append(
        say(
          en: "Careful: the words of \(seqs) seem to name the person, and stay as they are.",
          pt: "Atenção: o texto de \(seqs) parece citar a pessoa, e fica como está.",
          fr: "Attention : le texte de \(seqs) semble nommer la personne, et reste tel quel."))
    }
    lines.append(
      say(
        en:
          "Backups from before still hold the person until they are deleted; a restore erases again.",
        pt:
          "Backups anteriores ainda contêm a pessoa até serem excluídos; restaurar apaga de novo.",
        fr:
          "Les sauvegardes d’avant la contiennent jusqu’à leur suppression ; restaurer l’efface à nouveau."
      ))
    return lines
  }

  private func texts(_ value: JSONValue?) -> String {
    guard case .array(let items)? = value else { return "" }
    return items.compactMap(\.string).joined(separator: ", ")
  }
}
