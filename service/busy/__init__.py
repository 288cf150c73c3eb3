"""People's own agendas: fetched with care from addresses that anybody may have typed, read into busy time."""
