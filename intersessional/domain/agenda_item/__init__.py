"""Items of agendas, which later meetings may follow up."""
